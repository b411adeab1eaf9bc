"""Scrapy extensions: verdict, summary line, progress bar, notifications, log.

What is changed here: what a run prints and counts. How a run is judged: reporting/.
"""
