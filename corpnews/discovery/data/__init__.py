"""Lists of articles that are data: the JSON in a page, or fetched by its scripts."""
