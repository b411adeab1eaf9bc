"""Every release of a company's newsroom, once, as one clean JSON line."""

__version__ = "0.1.0"
