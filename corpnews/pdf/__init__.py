"""PDFs read in processes of their own, so that a hostile file can neither crash nor block the crawl."""
