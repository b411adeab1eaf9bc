"""The command `corpnews`: Scrapy's command line with the settings of this package, in any folder."""

from __future__ import annotations

import os

from scrapy.cmdline import execute


def run_scrapy() -> None:
    """Run `scrapy` with the settings of this package, unless SCRAPY_SETTINGS_MODULE names others."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "corpnews.settings")
    execute()


if __name__ == "__main__":
    run_scrapy()
