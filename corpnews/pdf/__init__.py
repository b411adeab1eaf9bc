"""PDFs read in processes of their own, which a hostile file may bring down but not hold up."""
