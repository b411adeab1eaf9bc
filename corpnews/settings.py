"""What differs from Scrapy's defaults."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from corpnews import __version__
from corpnews.extensions.log_filters import drop_traceback, is_error_record

BOT_NAME = "corpnews"
SPIDER_MODULES = ["corpnews.spiders"]
NEWSPIDER_MODULE = "corpnews.spiders"
COMMANDS_MODULE = "corpnews.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")

# Manners
USER_AGENT = f"corpnews/{__version__}"
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0  # the default of 5 s makes the first pages of a quick site the slowest
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0

# Limits
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # no page that a person reads is larger
CORPNEWS_BROWSER_TIMEOUT = 240  # a listing that a browser draws may take so long to come to its end
DEPTH_LIMIT = 1000  # a newsroom that never ends must not keep a run for ever

# Newest first: listings link to the newest release first, and so does a queue that keeps its order
DEPTH_PRIORITY = 1
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"

# Scrapy starts so many tasks for each page, whatever comes out of it; nothing of ours waits within a pipeline
CONCURRENT_ITEMS = 8

# Nothing but the web is read, and nobody but the user gives orders
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "corpnews.middlewares.offsite.NewsroomOffsiteMiddleware": 50,
    "corpnews.middlewares.rendering.RenderingMiddleware": 570,  # responses pass it after redirects (600, 580) and decompression
    "corpnews.middlewares.compression.CompressedBytesMiddleware": 595,  # right before HttpCompressionMiddleware (590)
}
SPIDER_MIDDLEWARES = {
    "corpnews.crawl.run_session.RunSession": 50,  # nothing is asked for before it has looked at the newsroom's folder
}
ITEM_PIPELINES = {
    "corpnews.pipelines.BoilerplatePipeline": 100,
    "corpnews.pipelines.DuplicatesPipeline": 200,
    "corpnews.pipelines.ValidationPipeline": 300,
    "corpnews.pipelines.LifecyclePipeline": 400,
    "corpnews.pipelines.ArticleLimitPipeline": 900,  # counts what would come out, so it stands last
}
EXTENSIONS = {
    "corpnews.extensions.progress_bar.ProgressBar": 500,
    "corpnews.extensions.run_verdict.RunVerdict": 500,
    "corpnews.extensions.notifier.Notifier": 550,
    "corpnews.extensions.run_summary.RunSummary": 600,  # it says the verdict
}

# Relative to the working directory; a host that has no say in that (scrapyd) names another in its environment
CORPNEWS_OUTPUT_DIR = os.environ.get("CORPNEWS_OUTPUT_DIR") or "output"
FEEDS = {
    "%(output)s/%(newsroom)s/%(started)s.jsonl": {"format": "jsonlines", "uri_params": "corpnews.feeds.uri_params"},
}
# The store: a path or an SQLAlchemy URL (postgresql+psycopg://…); by default a file in CORPNEWS_OUTPUT_DIR
CORPNEWS_STORE = os.environ.get("CORPNEWS_STORE", "")
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORE_EMPTY = False
FEED_STORAGES = {"": "corpnews.feeds.PartFileStorage", "file": "corpnews.feeds.PartFileStorage"}

# Who is told of a run that did not end as it should: slack, telegram, discord, email, sentry; each has settings of Spidermon's
NOTIFY: list[str] = []
NOTICE = "{{ data.spider.newsroom }}: {{ data.stats.verdict }}: {{ data.stats['verdict/reasons'] | join('; ') }}"
SPIDERMON_SLACK_MESSAGE = SPIDERMON_TELEGRAM_MESSAGE = SPIDERMON_DISCORD_MESSAGE = SPIDERMON_BODY_TEXT = NOTICE
SPIDERMON_SLACK_INCLUDE_ATTACHMENTS = False  # they would say it again
SPIDERMON_EMAIL_SUBJECT = "{{ data.spider.newsroom }}: {{ data.stats.verdict }}"

LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
LOG_FORMATTER = "corpnews.extensions.log_formatter.ArticleLogFormatter"
LOG_VERSIONS: list[str] = []
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider says it, once, with the reason
STATS_DUMP = False  # the summary line says what a person wants to know
# It warns of sizes and broken connections, of which the spider says the same
logging.getLogger("scrapy.core.downloader.handlers.http11").addFilter(is_error_record)
logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(drop_traceback)
# Its dozens of DEBUG lines a page cost time even where none is shown
logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
