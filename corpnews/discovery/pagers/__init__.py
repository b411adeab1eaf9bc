"""Finds the listing pages that a listing page links to: older pages, years, topics, language editions."""
