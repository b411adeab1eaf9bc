"""Lists of articles in JSON: embedded in a page, or fetched by its scripts."""
