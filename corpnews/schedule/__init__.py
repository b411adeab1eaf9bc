"""Many newsrooms from one command: lists of newsrooms, when each is due, and their runs as forks of one process.

What is changed here: which columns a list may have (list_file.py), how often a newsroom is crawled (due_time.py).
"""
