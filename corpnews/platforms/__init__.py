"""Sources that only the newsrooms of one vendor have, one file a vendor, and the registry of all sources.

What is changed here: a new vendor's newsrooms: add a file, and its source to source_registry.py.
"""
