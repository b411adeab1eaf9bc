"""The sources that any newsroom may have: listing pages, embedded data, feeds, sitemaps; each of them one file."""
