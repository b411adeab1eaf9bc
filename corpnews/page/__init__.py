"""Bytes of an HTML page → Page, parsed once: charset, lxml tree, layout of boxes and blocks, zones, meta elements.

What is changed here: bounds on hostile pages (bounds.py), what is a block, which zone an element is in (zones.py).
"""
