"""The page classifier: what a fetched page is, by its content. Begin with classifier.py."""
