"""Scrapy commands: parse options, call a lower floor, print.

What is changed here: the options and output of a command, each in the file of its name. opening.py and newsroom_lookup.py are
what several of them share.
"""
