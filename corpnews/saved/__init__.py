"""Saved pages in, lines out: where the pages are, what they hold, and the processes that share the work. No network."""
