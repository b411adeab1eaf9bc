"""Where a listing page leads on: older pages, years, topics, editions."""
