"""The numbers of a run for monitoring: Prometheus text for node_exporter's textfile collector, or an OpenTelemetry endpoint."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpnews.lazy import has_package
from corpnews.reporting.verdict import EXIT_STATUS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpnews.reporting.run_history import RunRecord

_FILE_SUFFIX: Final = ".prom"
_TIMEOUT: Final = 10  # seconds, for an endpoint
_SCOPE: Final = "corpnews"
# What each kind of target needs, of the extra "metrics"
_ENDPOINT_PACKAGE: Final = "opentelemetry.exporter.otlp.proto.http"
_FILE_PACKAGE: Final = "prometheus_client"


class MetricsError(Exception):
    """Metrics cannot be written; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of a newsroom's last run, with labels besides the newsroom."""

    name: str
    description: str
    value: float
    labels: Mapping[str, str]


def find_missing_package(target: str) -> str:
    """The package that metrics for this target need and that is not installed; empty if there is none."""
    package = _ENDPOINT_PACKAGE if _is_endpoint(target) else _FILE_PACKAGE
    return "" if has_package(package) else package


def write_metrics(target: str, record: RunRecord, stats: Mapping[str, Any]) -> None:
    """Write the run's numbers to an endpoint (http:// or https://), a .prom file, or a folder, in which each newsroom has a file.

    Raises MetricsError.
    """
    metrics = list(build_metrics(record, stats))
    if _is_endpoint(target):
        _send_to_endpoint(target, record.newsroom, metrics)
    else:
        path = Path(target)
        file = path if path.suffix == _FILE_SUFFIX else path / f"{_SCOPE}_{record.newsroom}{_FILE_SUFFIX}"
        _write_file(file, record.newsroom, metrics)


def build_metrics(record: RunRecord, stats: Mapping[str, Any]) -> Iterator[Metric]:
    """The run's verdict, times, counts, and all of Scrapy's stats that are numbers."""
    for verdict in Verdict:
        if verdict is not Verdict.BUSY:  # a run that did not begin is none
            is_own = float(verdict is record.verdict)
            yield Metric(
                "corpnews_run_verdict", "1 for the verdict on the last run, 0 for the others", is_own, {"verdict": verdict}
            )
    yield Metric("corpnews_run_exit_status", "Exit status of the last run", EXIT_STATUS[record.verdict], {})
    started, ended = (datetime.fromisoformat(each or record.started).timestamp() for each in (record.started, record.ended))
    yield Metric("corpnews_run_start_time_seconds", "When the last run began", started, {})
    yield Metric("corpnews_run_duration_seconds", "How long the last run took", ended - started, {})
    for name, count in asdict(record.counts).items():
        yield Metric(f"corpnews_run_{name}", f"counts.{name} of the last run, see docs/operations.md", count, {})
    for name, value in sorted(stats.items()):
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield Metric("corpnews_run_stat", "Scrapy's stats of the last run", value, {"stat": name})


def _is_endpoint(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def _write_file(file: Path, newsroom: str, metrics: list[Metric]) -> None:
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile  # noqa: PLC0415 - an extra

    registry = CollectorRegistry()
    gauges: dict[str, Gauge] = {}
    for each in metrics:
        if each.name not in gauges:
            gauges[each.name] = Gauge(each.name, each.description, ["newsroom", *each.labels], registry=registry)
        gauges[each.name].labels(newsroom=newsroom, **each.labels).set(each.value)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(file), registry)
    except OSError as error:
        raise MetricsError(f"{file}: {error.strerror}") from error


def _send_to_endpoint(endpoint: str, newsroom: str, metrics: list[Metric]) -> None:
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader, MetricExportResult  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415

    reader = InMemoryMetricReader()
    provider = MeterProvider([reader], Resource.create({"service.name": _SCOPE}), shutdown_on_exit=False)
    meter = provider.get_meter(_SCOPE)
    gauges = {each.name: meter.create_gauge(each.name, description=each.description) for each in metrics}
    for each in metrics:
        gauges[each.name].set(each.value, {"newsroom": newsroom, **each.labels})
    exporter = OTLPMetricExporter(endpoint=endpoint, timeout=_TIMEOUT)
    try:
        data = reader.get_metrics_data()
        if data and exporter.export(data, timeout_millis=_TIMEOUT * 1000) is not MetricExportResult.SUCCESS:
            raise MetricsError(f"{endpoint} does not take them")
    finally:
        exporter.shutdown()
        provider.shutdown()
