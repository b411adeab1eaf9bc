"""What a release says of itself in set forms: its dateline and the people to contact."""
