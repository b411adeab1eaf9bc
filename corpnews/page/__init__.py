"""Bytes of an HTML page to a Page, parsed once: charset, tree, layout of boxes and blocks, zones, meta tags."""
