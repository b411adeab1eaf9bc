"""URLs, hosts, languages and text: knows nothing of articles and newsrooms."""
