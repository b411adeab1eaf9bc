"""The recipes of docs/analysis.md read all files of all newsrooms, and all formats hold the same values."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

import corpnews
from corpnews.archive.page_location import PageLocation
from corpnews.archive.site_index import get_archive_site
from corpnews.archive.warcs import locate_warc_pages
from corpnews.feeds.exporters import ArticleCsvExporter, ParquetExporter
from corpnews.items import (
    Article,
    Attachment,
    Contact,
    CrawlInfo,
    Dateline,
    FieldSources,
    Image,
    RemovedText,
    Ticker,
    Translation,
)
from corpnews.schemas import build_sql_schema
from tests.archive.sample_pages import build_release_records, compress_records, release_html, release_url
from tests.full import IS_FULL
from tests.helpers import ROOT, crawl, environment, headline

if os.environ.get("CORPNEWS_REQUIRE_ANALYSIS"):
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    duckdb = pytest.importorskip("duckdb", reason="pip install -e '.[analysis]'")
    pa = pytest.importorskip("pyarrow", reason="pip install -e '.[analysis]'")
    pq = pytest.importorskip("pyarrow.parquet", reason="pip install -e '.[analysis]'")

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.exporters import BaseItemExporter

RECIPES = dict(
    re.findall(
        r"^## (\w+)\n.*?```python\n(.*?)```", (ROOT / "docs/analysis.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
)
FILES = 60
DATES = (None, "2023", "2024-05", "2024-05-03", "2024-05-03T23:30:00-05:00", "2012-09-11T10:01", "2024-05-03T08:00:00Z")
BARE = Article(id="1", url="https://acme.example/news/1", newsroom="acme", company="Acme", headline="Plant opens", body="In May.")
FULL = replace(
    BARE,
    release_id="1",
    headline='=HYPERLINK("https://evil.example", "Plant opens")',
    date_published="2024-05-03",
    published_on="2024-05-03",
    translations=(Translation("de", "https://acme.example/de/news/1"),),
    authors=("Jane Aker", "Ola Nes"),
    images=(Image("https://acme.example/plant.jpg", caption="The plant, seen from the sea"),),
    attachments=(Attachment("https://acme.example/plant.pdf", media_type="application/pdf"),),
    dateline=Dateline("OSLO", "2024-05-03"),
    contacts=(Contact(name="Jane Aker", phone="+4755500100"),),
    tickers=(Ticker("NASDAQ", "XNAS", "ACME"),),
    version=2,
    crawl=CrawlInfo(
        fetched_at="2026-11-23T06:10:00Z",
        http_status=200,
        rendered=True,
        field_sources=FieldSources(headline="visible"),
        removed=(RemovedText("Share", "share bar", 9),),
        warnings=("odd",),
    ),
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 files of one line, all lists empty but in the last file, with each kind of date."""
    folder = tmp_path_factory.mktemp("analysis")
    for number in range(FILES):
        date = DATES[number % len(DATES)]
        article = FULL if number == FILES - 1 else replace(BARE, date_published=date, published_on=corpnews.items.get_day(date))
        line = json.dumps(replace(article, id=str(number), status="new").to_dict())
        file = folder / "output" / f"newsroom-{number:02}" / "2026-11-23T06-10-05.042Z.jsonl"
        file.parent.mkdir(parents=True)
        file.write_text(f"{line}\n", encoding="utf-8")
        (file.parent / "runs.jsonl").write_text('{"newsroom": "is no article"}\n', encoding="utf-8")
    return folder


# For the few pages of a test: a user interface, two hundred partitions and a thorough compiler cost more than they bring
SPARK_OPTIONS = """
spark.ui.enabled false
spark.sql.shuffle.partitions 2
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""
# How many articles and days, and the last day
COUNTS = {
    "pandas": "len(articles), articles['published_on'].count(), articles['published_on'].max().date()",
    "Polars": "articles.height, articles['published_on'].count(), articles['published_on'].max()",
    "DuckDB": "*duckdb.sql('select count(*), count(published_on), max(published_on) from articles').fetchall()[0],",
    "pyarrow": "len(days := articles['published_on'].drop_null().to_pylist()) and articles.num_rows, len(days), max(days)",
    "Spark": "*articles.selectExpr('count(*)', 'count(published_on)', 'max(published_on)').first(),",
}


def read_counts(printed: str) -> list[str]:
    (line,) = [line for line in printed.splitlines() if line.startswith("counts")]
    return line.split()[1:]


def count_articles() -> list[str]:
    """What a recipe must count in `output`."""
    days = sum(corpnews.items.get_day(DATES[number % len(DATES)]) is not None for number in range(FILES - 1)) + 1
    return [str(FILES), str(days), "2024-05-03"]


def run_recipe(code: str, folder: Path, **variables: str) -> str:
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=folder, env=environment(**variables), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize("name", [name for name in COUNTS if name != "Spark"])
def test_recipe_reads_all_files_at_once(name: str, output: Path) -> None:
    assert read_counts(run_recipe(f"{RECIPES[name]}\nprint('counts', *({COUNTS[name]}))", output)) == count_articles()


def build_archive() -> dict[str, list[tuple[bytes, str]]]:
    """Pages of two sites, each with one that is no article, by host."""
    archive = {}
    for host, count in {"www.acme.example": 600 if IS_FULL else 8, "www.borealis.example": 8}.items():
        numbers = range(1, count + 1)
        releases = [(release_html(number).replace("Acme", host).encode(), release_url(number, host)) for number in numbers]
        archive[host] = [*releases, (b"<p></p>", f"https://{host}/empty")]
    return archive


def test_spark_reads_all_files_and_extracts_an_archive_as_the_library_does(output: Path) -> None:
    """One session does all: it takes longer to start than they do."""
    document = (ROOT / "docs/analysis.md").read_text(encoding="utf-8")
    recipes = re.findall(r"```python\n(.*?)```", document.partition("## Archives")[2].partition("\n## ")[0], re.DOTALL)
    assert len(recipes) == 3  # the last one is Ray's
    archive = build_archive()
    rows = [{"site": get_archive_site(url), "url": url, "html": html} for pages in archive.values() for html, url in pages]
    pq.write_table(pa.Table.from_pylist(rows), output / "pages.parquet")
    printed = "print('--')\nprint(*sorted(articles.toJSON().collect()), sep='\\n')\n"
    code = f"{RECIPES['Spark']}\nprint('counts', *({COUNTS['Spark']}))\n{recipes[0]}\n{printed}{recipes[1]}\n{printed}"
    (output / "spark-defaults.conf").write_text(SPARK_OPTIONS, encoding="utf-8")
    said = run_recipe(code, output, PYSPARK_PYTHON=sys.executable, SPARK_CONF_DIR=str(output))
    counts, *extracted = said.split("--\n")
    assert read_counts(counts) == count_articles()
    expected = [each for pages in archive.values() for each in corpnews.extract_site(pages) if isinstance(each, Article)]
    assert len(expected) == sum(len(pages) - 1 for pages in archive.values())
    assert len(extracted) == 2  # the archive as a whole, and in two passes
    for part in extracted:
        found = {line["url"]: keep_values(line) for line in map(json.loads, part.splitlines())}
        assert found == {each.url: keep_values(each.to_dict()) for each in expected}


def keep_values(value: Any) -> Any:
    """The value without what is empty in it: Spark leaves such fields out."""
    if isinstance(value, list | tuple):
        return [keep_values(each) for each in value]
    if isinstance(value, dict):
        return {name: kept for name, each in value.items() if (kept := keep_values(each)) not in (None, [], {})}
    return value


def test_recipe_reads_warc_records_by_path_and_offset(tmp_path: Path) -> None:
    records = build_release_records(range(1, 7))
    (tmp_path / "pages.warc.gz").write_bytes(compress_records(records))
    found = [each for each in locate_warc_pages(tmp_path / "pages.warc.gz") if isinstance(each, PageLocation)]
    index = [(each.path, each.offset) for each in found]
    code = f"records = {index!r}\n{RECIPES['WARC']}\nprint(*(article.headline for article in articles), sep='\\n')"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [headline(number) for number in range(1, 7)]


def export(exporter: BaseItemExporter, *articles: Article) -> None:
    exporter.start_exporting()
    for article in articles:
        exporter.export_item(article)
    exporter.finish_exporting()


def read_builtins(article: Article) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(json.dumps(article.to_dict()))
    return line


def test_parquet_holds_the_values_of_the_line(tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    with path.open("wb") as file:
        export(ParquetExporter(file), BARE, FULL)
    table = pq.read_table(path)
    assert table.schema.equals(corpnews.SCHEMA)
    assert table.to_pylist() == [read_builtins(BARE), read_builtins(FULL)]


def test_csv_holds_the_values_of_the_line_with_json_in_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    with path.open("wb") as file:
        export(ArticleCsvExporter(file), BARE, FULL)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
    for row, article in zip(rows, (BARE, FULL), strict=True):
        for name, value in read_builtins(article).items():
            cell = row[name].removeprefix("'")
            if isinstance(value, list | dict):
                assert json.loads(cell) == value
            else:
                assert cell == ("" if value is None else str(value))


def test_csv_cell_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    with path.open("wb") as file:
        export(ArticleCsvExporter(file), FULL)
    (row,) = csv.DictReader(path.read_text(encoding="utf-8").splitlines(keepends=True))
    assert row["headline"].startswith("'=HYPERLINK(")


def test_lines_fit_the_table_that_the_sql_schema_creates(output: Path) -> None:
    connection = duckdb.connect()
    connection.execute(build_sql_schema())
    lines = connection.read_json(f"{output}/output/*/[0-9]*.jsonl", union_by_name=True)  # noqa: F841 - the query names it
    connection.execute("insert into articles by name from lines")
    assert connection.sql("select count(*), max(published_on)::text from articles").fetchall() == [(FILES, "2024-05-03")]


def test_arrow_schema_has_the_fields_of_the_json_schema() -> None:
    assert set(corpnews.SCHEMA.names) == set(Article.json_schema()["$defs"]["Article"]["properties"])
    assert msgspec.json.decode(json.dumps(FULL.to_dict()), type=Article) == FULL


def test_csv_that_is_appended_to_has_one_header(tmp_path: Path) -> None:
    for _ in range(2):
        assert crawl(tmp_path, "demo", "-o", "lines.csv", "-s", "CORPNEWS_STORE=", "-a", "full=1").code == 0
        (tmp_path / "output" / "store.sqlite").unlink()
    rows = list(csv.DictReader((tmp_path / "lines.csv").read_text(encoding="utf-8").splitlines(keepends=True)))
    assert len(rows) == 36
    assert "headline" not in {row["headline"] for row in rows}
