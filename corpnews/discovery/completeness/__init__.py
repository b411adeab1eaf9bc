"""Whether a search found all that the newsroom announces: counts, pagers, archives, and what was lost or left out."""
