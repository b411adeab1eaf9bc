"""Which links of a listing page lead to articles, and what the page says of each: headline, date."""
