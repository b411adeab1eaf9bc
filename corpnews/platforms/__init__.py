"""What the newsrooms of one vendor share."""
