"""What monitoring reads of runs: Prometheus files, an OpenTelemetry endpoint, JSON logs."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import Run, Site, crawl

opentelemetry = pytest.importorskip("opentelemetry.proto.collector.metrics.v1.metrics_service_pb2")
parser = pytest.importorskip("prometheus_client.parser")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, 4))
    return site


def run(site: Site, folder: Path, *more: str) -> Run:
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", *more)


def read_samples(file: Path) -> dict[tuple[str, ...], float]:
    """The numbers of a file in Prometheus' text format, by name and by the label next to the newsroom."""
    families = parser.text_string_to_metric_families(file.read_text())
    samples = [sample for family in families for sample in family.samples]
    assert {sample.labels.pop("newsroom") for sample in samples} == {"127.0.0.1"}
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def test_run_writes_a_file_for_prometheus(newsroom: Site, tmp_path: Path) -> None:
    assert run(newsroom, tmp_path, "-s", "CORPNEWS_METRICS=metrics").code == 0
    samples = read_samples(tmp_path / "metrics" / "corpnews_127.0.0.1.prom")
    assert samples["corpnews_run_new",] == 3
    assert samples["corpnews_run_verdict", "ok"] == 1
    assert samples["corpnews_run_verdict", "unchanged"] == 0
    assert samples["corpnews_run_stat", "downloader/response_status_count/200"] >= 4
    assert 0 <= samples["corpnews_run_duration_seconds",] < 60
    assert run(newsroom, tmp_path, "-s", "CORPNEWS_METRICS=metrics").code == 0
    samples = read_samples(tmp_path / "metrics" / "corpnews_127.0.0.1.prom")
    assert (samples["corpnews_run_new",], samples["corpnews_run_verdict", "unchanged"]) == (0, 1)
    assert [file.name for file in (tmp_path / "metrics").iterdir()] == ["corpnews_127.0.0.1.prom"]


@contextmanager
def collecting(status: int = 200) -> Iterator[tuple[str, list[Any]]]:
    """An OpenTelemetry collector: its URL, and what it was sent."""
    received: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(opentelemetry.ExportMetricsServiceRequest.FromString(body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1/metrics", received
        finally:
            server.shutdown()


def test_run_sends_its_numbers_to_an_opentelemetry_endpoint(newsroom: Site, tmp_path: Path) -> None:
    with collecting() as (url, received):
        assert run(newsroom, tmp_path, "-s", f"CORPNEWS_METRICS={url}").code == 0
    ((resource,),) = (request.resource_metrics for request in received)
    assert {each.key: each.value.string_value for each in resource.resource.attributes}["service.name"] == "corpnews"
    metrics = {each.name: each.gauge.data_points for scope in resource.scope_metrics for each in scope.metrics}
    (new,) = metrics["corpnews_run_new"]
    assert (new.as_double or new.as_int) == 3
    assert {each.key: each.value.string_value for each in new.attributes} == {"newsroom": "127.0.0.1"}


def test_metrics_that_cannot_be_written_are_an_error_and_the_lines_are_there(newsroom: Site, tmp_path: Path) -> None:
    (tmp_path / "metrics").write_text("a file, not a folder")
    done = run(newsroom, tmp_path, "-s", "CORPNEWS_METRICS=metrics/more")
    assert (done.code, len(done.lines)) == (0, 3)
    assert "ERROR The metrics cannot be written: metrics/more" in done.log
    with collecting(status=403) as (url, _):
        refused = run(newsroom, tmp_path, "-s", f"CORPNEWS_METRICS={url}")
    assert refused.code == 0
    assert f"The metrics cannot be written: {url} does not take them" in refused.log


def test_log_of_json_has_an_object_a_line(newsroom: Site, tmp_path: Path) -> None:
    done = run(newsroom, tmp_path, "-s", "CORPNEWS_LOG_JSON=1")
    records = [json.loads(line) for line in done.log.splitlines()]
    assert records[0]["message"].startswith("Scrapy ")
    assert {record["level"] for record in records} == {"INFO"}
    assert {record.get("newsroom") for record in records} == {None, "127.0.0.1"}
    assert "3 articles from" in records[-1]["message"]
    assert all(set(record) <= {"level", "logger", "message", "newsroom", "time"} for record in records), records


def test_log_of_json_goes_to_a_file_too(newsroom: Site, tmp_path: Path) -> None:
    done = run(newsroom, tmp_path, "-s", "CORPNEWS_LOG_JSON=1", "-s", "LOG_FILE=run.log")
    assert done.log == ""
    assert all(json.loads(line) for line in (tmp_path / "run.log").read_text().splitlines())
