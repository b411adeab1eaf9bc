"""The Scrapy add-on that gives the newsroom spiders of any project their settings and components.

    ADDONS = {"corpnews.addon.CorpnewsAddon": 300}

Settings of the project, of a spider and of the command line win over those of the add-on.
Spiders that are no NewsroomSpider keep the settings of their project.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.log import get_scrapy_root_handler
from scrapy.utils.misc import load_object
from scrapy.utils.python import without_none_values
from w3lib.url import file_uri_to_path

from corpnews import settings as defaults
from corpnews.extensions.logs import create_json_formatter, is_error_record, is_no_error_record
from corpnews.lazy import has_package
from corpnews.state.location import find_output_folder
from corpnews.web.addresses import AllowedHosts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

# Settings of the project that this package is; another project has its own
PROJECT_SETTINGS: Final = frozenset(
    {
        "ADDONS",
        "BOT_NAME",
        "COMMANDS_MODULE",
        "LOG_FORMAT",
        "LOG_LEVEL",
        "LOG_VERSIONS",
        "NEWSPIDER_MODULE",
        "SPIDER_LOADER_CLASS",
        "SPIDER_MODULES",
        "TEMPLATES_DIR",
    }
)

PREFIX: Final = "CORPNEWS_"
# Settings that are whole numbers: of what, and the least that is allowed
_NUMBERS: Final[Mapping[str, tuple[str, int]]] = {
    "CORPNEWS_BROWSER_TIMEOUT": ("number of seconds", 1),
    "CORPNEWS_KEEP_RUNS": ("number of days", 1),
    "CORPNEWS_STORE_WAIT": ("number of seconds", 0),
    "CORPNEWS_MAX_SEARCH_REQUESTS": ("number of requests", 1),
    "CORPNEWS_MAX_BYTES": ("number of bytes", 0),
    "CORPNEWS_MAX_REQUESTS_PER_HOST": ("number of requests", 0),
    "CORPNEWS_MAX_BYTES_PER_HOST": ("number of bytes", 0),
    "CORPNEWS_MAX_PAGES_WITHOUT_NEWS": ("number of pages", 0),
    "CLOSESPIDER_PAGECOUNT": ("number of requests", 0),
    "CLOSESPIDER_TIMEOUT": ("number of seconds", 0),
}
_APPENDABLE_FORMATS: Final = frozenset(("jsonlines", "jsonl", "jl", "csv"))

COMPONENTS: Final[Mapping[str, Mapping[str, int | None]]] = {
    "DOWNLOADER_MIDDLEWARES": {
        "corpnews.crawler.idle.IdleMiddleware": 1,  # before all that look at a request's URL
        "corpnews.middlewares.run_budget.RunBudgetMiddleware": 10,
        "corpnews.middlewares.address_guard.AddressGuardMiddleware": 20,
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "corpnews.middlewares.offsite.NewsroomOffsiteMiddleware": 50,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "corpnews.middlewares.robots_txt.NewsroomRobotsTxtMiddleware": 100,
        "corpnews.middlewares.page_data.PageDataMiddleware": 545,  # it sees pages after redirects and retries
        "corpnews.middlewares.retry_after.RetryAfterMiddleware": 560,  # it sees responses before RetryMiddleware (550) does
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
        "corpnews.middlewares.meta_refresh.NewsroomMetaRefreshMiddleware": 580,
        "corpnews.middlewares.rendering.RenderingMiddleware": 570,  # responses pass it after redirects and decompression
        "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
        "corpnews.middlewares.cookies.BoundedCookiesMiddleware": 700,
        "corpnews.middlewares.conditional_listings.ConditionalListingsMiddleware": 580,
        "corpnews.middlewares.compression.CompressedBytesMiddleware": 595,  # right before HttpCompressionMiddleware (590)
    },
    "ITEM_PIPELINES": {
        "corpnews.pipelines.ValidationPipeline": 200,
        "corpnews.pipelines.DuplicatesPipeline": 300,
        "corpnews.pipelines.HistoryPipeline": 400,
        "corpnews.pipelines.ArticleLimitPipeline": 900,  # last, because it counts the articles that are exported
    },
    "EXTENSIONS": {
        "scrapy.extensions.closespider.CloseSpider": None,
        "corpnews.extensions.run_budget.RunBudget": 50,
        "corpnews.crawler.run_session.RunSession": 100,  # it has written everything when the verdict is judged
        "corpnews.extensions.progress_bar.ProgressBar": 500,
        "corpnews.extensions.line_profile.LineProfile": 550,  # it writes to the store before the report on the run ends it
        "corpnews.extensions.run_report.RunReport": 600,
    },
}

# By URL scheme; schemes that the project defines itself stay as they are
BY_SCHEME: Final[Mapping[str, Mapping[str, str | None]]] = {
    "DOWNLOAD_HANDLERS": {
        **dict.fromkeys(("http", "https"), "corpnews.guard.download_handler.GuardedDownloadHandler"),
        **dict.fromkeys(("data", "file", "ftp", "s3")),  # a newsroom's links must not open local files
    },
    "FEED_STORAGES": {"": "corpnews.feeds.PartFileStorage", "file": "corpnews.feeds.PartFileStorage"},
}

# Where CORPNEWS_OUTPUT is a storage elsewhere: in folders that engines read as columns, and in parts of which each is known
# when it is there
_REMOTE_FEEDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "%(output)s/newsroom=%(newsroom)s/date=%(date)s/%(started)s-%(batch_id)02d%(token)s.jsonl.gz": {
        "format": "jsonlines",
        "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
        "uri_params": "corpnews.feeds.uri_params",
        "batch_item_count": 1000,
        "overwrite": True,
    },
}
# What Scrapy needs for a storage, and the extra that has it
_STORAGE_PACKAGES: Final[Mapping[str, tuple[str, str]]] = {
    "s3": ("boto3", "pip install 'corpnews[s3]'"),
    "gs": ("google.cloud.storage", "pip install 'corpnews[gcs]'"),
}


class CorpnewsAddon:
    """Applies `corpnews.settings` and the components of this package to the crawlers of newsroom spiders."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the settings and components, unless the crawler's spider is another project's own."""
        from corpnews.crawler import NewsroomSpider  # noqa: PLC0415 - commands that crawl nothing need not import it

        if not issubclass(self.crawler.spidercls, NewsroomSpider):
            return
        apply_defaults(settings)
        if settings.getdict("FEEDS") == defaults.FEEDS and not find_output_folder(settings):
            settings.set("FEEDS", _REMOTE_FEEDS, settings.getpriority("FEEDS") or "addon")
        for name, components in COMPONENTS.items():
            for path, order in components.items():
                settings.setdefault_in_component_priority_dict(name, load_object(path), order)
        for name, classes in BY_SCHEME.items():
            settings.set(name, {**classes, **settings.getdict(name)}, settings.getpriority(name) or "addon")
        quiet_loggers()
        if settings.getbool("CORPNEWS_LOG_JSON") and (handler := get_scrapy_root_handler()):
            handler.setFormatter(create_json_formatter())


def apply_defaults(settings: BaseSettings) -> None:
    """Set what `corpnews.settings` has and the project does not set itself."""
    for name, value in read_defaults().items():
        settings.set(name, value, "addon")


def read_defaults() -> dict[str, Any]:
    """Return the settings of `corpnews.settings` that suit any project, by name."""
    return {name: value for name, value in vars(defaults).items() if name.isupper() and name not in PROJECT_SETTINGS}


def check_settings(settings: BaseSettings) -> None:
    """Check the settings of this package.

    Raises:
        ValueError: A setting is unknown or has a wrong value; the message names it and what is allowed.
    """
    known = [name for name in read_defaults() if name.startswith(PREFIX)]
    for name in settings:
        if name.startswith(PREFIX) and name not in known:
            raise ValueError(f"unknown setting {name}; there are {', '.join(known)}")
    for name, (unit, least) in _NUMBERS.items():
        _check_number(name, settings[name], unit, least)
    _check_output(settings)
    try:
        AllowedHosts.parse(settings.getlist("CORPNEWS_ALLOW_HOSTS"))
    except ValueError as error:
        raise ValueError(f"CORPNEWS_ALLOW_HOSTS: {error}") from None
    from corpnews.crawler.crawl_hours import CrawlHours  # noqa: PLC0415 - commands that crawl nothing need not import crawler/

    try:
        CrawlHours.parse(hours := str(settings["CORPNEWS_CRAWL_HOURS"]))
    except ValueError as error:
        raise ValueError(f"CORPNEWS_CRAWL_HOURS: {hours!r} are not {error}") from None
    _check_feeds(settings)
    _check_monitoring(settings)
    if urls := settings["CORPNEWS_NOTIFY"]:
        try:
            from corpnews.reporting.notifications import parse_notify_urls  # noqa: PLC0415 - Apprise costs 0.3 s of CPU
        except ImportError:
            raise ValueError("CORPNEWS_NOTIFY needs Apprise: pip install 'corpnews[notify]'") from None
        parse_notify_urls(urls)


def _check_number(name: str, value: Any, unit: str, least: int) -> None:
    """Raise ValueError for a setting that is no whole number, or too small a one."""
    try:
        is_right = int(value) >= least
    except (TypeError, ValueError):
        is_right = False
    if not is_right:
        raise ValueError(f"{name}: {value!r} is not a {unit}{' above 0' if least else ', 0 for no limit'}")


def _check_output(settings: BaseSettings) -> None:
    """Raise ValueError if the folder of all output is none, or cannot be written to for lack of a package."""
    output = str(settings["CORPNEWS_OUTPUT"])
    if folder := find_output_folder(settings):
        if not output or folder.is_file():
            raise ValueError(f"CORPNEWS_OUTPUT: {output!r} is not a folder")
        return
    scheme = urlsplit(output).scheme
    if scheme not in without_none_values(settings.getwithbase("FEED_STORAGES")):
        raise ValueError(f"CORPNEWS_OUTPUT: {scheme!r} is not a storage; there are s3, gs, ftp, and those in FEED_STORAGES")
    package, install = _STORAGE_PACKAGES.get(scheme, ("", ""))
    if package and not has_package(package):
        raise ValueError(f"CORPNEWS_OUTPUT: {output} needs {package}: {install}")


def _check_monitoring(settings: BaseSettings) -> None:
    """Raise ValueError if metrics or a JSON log need a package that is not installed."""
    if target := str(settings["CORPNEWS_METRICS"]):
        from corpnews.reporting.metrics import find_missing_package  # noqa: PLC0415 - few runs write metrics

        if package := find_missing_package(target):
            raise ValueError(f"CORPNEWS_METRICS needs {package}: pip install 'corpnews[metrics]'")
    try:
        is_json = settings.getbool("CORPNEWS_LOG_JSON")
    except ValueError:
        raise ValueError(f"CORPNEWS_LOG_JSON: {settings['CORPNEWS_LOG_JSON']!r} is not 0 or 1") from None
    if is_json and not has_package("pythonjsonlogger"):
        raise ValueError("CORPNEWS_LOG_JSON needs python-json-logger: pip install 'corpnews[metrics]'")


def _check_feeds(settings: BaseSettings) -> None:
    """Raise ValueError for a feed that would not be written, or would spoil the file that it is appended to."""
    formats, schemes = (sorted(without_none_values(settings.getwithbase(name))) for name in ("FEED_EXPORTERS", "FEED_STORAGES"))
    for uri, options in settings.getdict("FEEDS").items():
        feed = feed_complete_default_values_from_settings(dict(options), settings, str(uri))
        if feed["format"] not in formats:
            raise ValueError(f"FEEDS: {uri}: {feed['format']!r} is not a format; there are {', '.join(formats)}")
        if (scheme := urlsplit(str(uri)).scheme) not in schemes:
            raise ValueError(f"FEEDS: {uri}: {scheme!r} is not a storage; there are {', '.join(filter(None, schemes))}")
        if feed["format"] == "parquet" and not has_package("pyarrow"):
            raise ValueError(f"FEEDS: {uri}: Parquet needs pyarrow: pip install 'corpnews[parquet]'")
        if feed["format"] not in _APPENDABLE_FORMATS and not feed.get("overwrite") and _has_content(str(uri)):
            raise ValueError(f"{uri} is there, and a file of the format {feed['format']} cannot be appended to; -O replaces it")


def _has_content(uri: str) -> bool:
    """Whether a feed's URI is a local file that is not empty."""
    path = Path(file_uri_to_path(uri)) if uri.startswith("file:") else Path(uri)
    return path.is_file() and path.stat().st_size > 0


def quiet_loggers() -> None:
    """Keep other packages from logging what the spider logs itself."""
    logging.getLogger("scrapy.core.downloader.handlers.http11").addFilter(is_error_record)
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(is_no_error_record)
    # Its dozens of DEBUG records for each page take time even if none is shown
    logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
