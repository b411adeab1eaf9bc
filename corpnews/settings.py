"""Scrapy settings of the project: only what differs from Scrapy's defaults, and why.

The add-on (addon.py) gives newsroom spiders these settings in any project, and adds middlewares, pipelines and extensions.
"""

from __future__ import annotations

import os
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from corpnews import __version__

BOT_NAME = "corpnews"
ADDONS = {"corpnews.addon.CorpnewsAddon": 300}
SPIDER_MODULES = ["corpnews.spiders"]
SPIDER_LOADER_CLASS = "corpnews.crawler.newsroom_loader.NewsroomLoader"  # a file with an error stops no other newsroom
NEWSPIDER_MODULE = "corpnews.spiders"
COMMANDS_MODULE = "corpnews.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")

SPIDER_CONTRACTS = {"corpnews.crawler.contracts.NewsroomContract": 10}

# Politeness
USER_AGENT = f"corpnews/{__version__}"
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0  # seconds; with the default of 5, the first pages of a fast site are the slowest
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0

# Limits
DOWNLOAD_TIMEOUT = 60  # seconds
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # bytes; larger files are no pages
CORPNEWS_BROWSER_TIMEOUT = 240  # seconds that a browser may take to load all of a listing
CORPNEWS_MAX_SEARCH_REQUESTS = 3000  # for listings, feeds, sitemaps and the like, from one start page
CORPNEWS_MAX_WAITING_PAGES = 100  # pages that wait until most of the site is known, which tells boilerplate from article
DEPTH_LIMIT = 1000  # a listing without an end must not keep a run going for ever
REDIRECT_MAX_TIMES = 10  # for one request

# Budgets of a run. One that has spent a budget is `degraded`, and the next run goes on where it ended; 0 is no limit
CLOSESPIDER_TIMEOUT = 12 * 60 * 60  # seconds
CLOSESPIDER_PAGECOUNT = 100_000  # responses
CORPNEWS_MAX_BYTES = 20 * 1024**3  # received, as they came
CORPNEWS_MAX_REQUESTS_PER_HOST = 50_000  # the others go on when one has had its share
CORPNEWS_MAX_BYTES_PER_HOST = 10 * 1024**3
CORPNEWS_MAX_PAGES_WITHOUT_NEWS = 1000  # pages in the place of articles, one after the other, none of which holds one
CORPNEWS_CRAWL_HOURS = ""  # such as 22-6, on the clock of the machine: the hours in which newsrooms may be crawled

# Listings link to the newest release first: requests are sent in the order in which they were found
DEPTH_PRIORITY = 1
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"

# Scrapy starts this many tasks for each response, used or not; no pipeline of this package waits for anything
CONCURRENT_ITEMS = 8

# Security
DOWNLOAD_VERIFY_CERTIFICATES = True
# Hosts, addresses and networks (CIDR) inside that may be crawled, each with a port or for all ports; start URLs need no entry
CORPNEWS_ALLOW_HOSTS = os.environ.get("CORPNEWS_ALLOW_HOSTS", "")
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# Output. By default it is next to the project's scrapy.cfg, in whatever subfolder a command is run, and without one in the
# working directory; scrapyd has to set it in its environment
CORPNEWS_OUTPUT = os.environ.get("CORPNEWS_OUTPUT") or os.path.relpath(Path(closest_scrapy_cfg()).parent / "output")
FEEDS = {
    "%(output)s/%(newsroom)s/%(started)s.jsonl": {"format": "jsonlines", "uri_params": "corpnews.feeds.uri_params"},
}
FEED_EXPORTERS = {"csv": "corpnews.feeds.exporters.ArticleCsvExporter", "parquet": "corpnews.feeds.exporters.ParquetExporter"}
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORE_EMPTY = False
# The store: a path or an SQLAlchemy URL (postgresql+psycopg://…); by default a file in CORPNEWS_OUTPUT
CORPNEWS_STORE = os.environ.get("CORPNEWS_STORE", "")
CORPNEWS_STORE_WAIT = 60  # seconds that a run waits for a PostgreSQL server that went away
CORPNEWS_KEEP_RUNS = 90  # days; of each newsroom, the store keeps the last 20 runs, however old they are

# Apprise URLs of who is told of a run that did not end well: slack://…,mailto://… (https://appriseit.com/services/)
CORPNEWS_NOTIFY = os.environ.get("CORPNEWS_NOTIFY", "")

# Where each run writes its numbers: a folder or a .prom file for Prometheus, or the URL of an OpenTelemetry endpoint
CORPNEWS_METRICS = os.environ.get("CORPNEWS_METRICS", "")

# Log
CORPNEWS_LOG_JSON = os.environ.get("CORPNEWS_LOG_JSON") or "0"  # 1 for a JSON object a line
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
LOG_FORMATTER = "corpnews.extensions.logs.ArticleLogFormatter"
LOG_VERSIONS: list[str] = []
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"  # every run skips articles
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider logs the failure and the reason
STATS_DUMP = False  # the last line of the log has the numbers
