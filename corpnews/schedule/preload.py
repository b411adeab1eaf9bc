"""Imported by multiprocessing's fork server when it starts (see child_run.py): the forks then have everything in memory."""

from corpnews.schedule.warm import import_components

import_components()
