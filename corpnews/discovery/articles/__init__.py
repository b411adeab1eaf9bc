"""Finds the links of a listing page that lead to articles, with the headline and date that the page gives for each."""
