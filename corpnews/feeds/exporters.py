"""Feed exporters of formats that are no JSON: CSV with one table shape in all files, and Parquet."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

import msgspec
from itemadapter import ItemAdapter
from scrapy.exporters import BaseItemExporter, CsvItemExporter

from corpnews.feeds.part_file import PartFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scrapy import Field

_ROWS_PER_GROUP: Final = 1000
# Spreadsheets take a cell that starts with one of these for a formula, and run it
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


class LineWriter(Protocol):
    """Takes articles as JSON lines."""

    def writelines(self, lines: Iterable[bytes], /) -> None: ...


class _ExportedLines:
    """Writes articles that come as JSON lines with an exporter."""

    def __init__(self, exporter: BaseItemExporter) -> None:
        self._exporter = exporter

    def writelines(self, lines: Iterable[bytes], /) -> None:
        """Write the articles of JSON lines."""
        for line in lines:
            article = msgspec.json.decode(line)
            self._exporter.export_item(article | {"id": str(article["id"])})  # a page list may have numbers


@contextmanager
def open_line_writer(file: IO[bytes], suffix: str) -> Iterator[LineWriter]:
    """Write JSON lines to the file as the format of this ending: .csv, .parquet, or as they are."""
    if suffix not in (".csv", ".parquet"):
        yield file
        return
    exporter = ArticleCsvExporter(file) if suffix == ".csv" else ParquetExporter(file)
    exporter.start_exporting()
    yield _ExportedLines(exporter)
    exporter.finish_exporting()


class ArticleCsvExporter(CsvItemExporter):
    """Scrapy's CSV exporter with JSON in the cells of lists and objects, one header a file, and no cell that is a formula.

    An apostrophe stands before a text that a spreadsheet would run as a formula.
    """

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        has_header = isinstance(file, PartFile) and file.is_appended and file.target.is_file() and file.target.stat().st_size > 0
        super().__init__(file, include_headers_line=not has_header, **options)  # type: ignore[arg-type]

    def export_item(self, item: Any) -> None:
        """Write a row; the first item decides the columns, with a header or without."""
        if not self.fields_to_export:
            self.fields_to_export = ItemAdapter(item).field_names()
        super().export_item(item)

    def serialize_field(self, field: Mapping[str, Any] | Field, name: str, value: Any) -> Any:  # noqa: ARG002
        """Return the cell of a value; a serializer that the item declares for the field wins."""
        return field.get("serializer", _format_cell)(value)


def _format_cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if value is None or isinstance(value, int | float):
        return value
    return msgspec.json.encode(value).decode()


class ParquetExporter(BaseItemExporter):
    """Writes articles as Parquet, with the schema of all lines (corpnews.SCHEMA); needs pyarrow.

    The file can be read when it is finished: unlike a file of lines, what a killed run left of it is lost, and crawled again.
    """

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - an extra

        from corpnews.arrow_schema import SCHEMA  # noqa: PLC0415

        self._schema = SCHEMA
        self._writer = ParquetWriter(file, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def export_item(self, item: Any) -> None:
        """Add an article. Raises TypeError for an item of another class, which has other columns."""
        row = dict(self.get_serialized_fields(item))
        if unknown := row.keys() - set(self._schema.names):
            raise TypeError(f"Parquet holds articles, and they have no field {min(unknown)!r}; write to another format")
        self._rows.append(row)
        if len(self._rows) >= _ROWS_PER_GROUP:
            self._write_rows()

    def finish_exporting(self) -> None:
        """Write what is left, and the footer, without which the file cannot be read."""
        self._write_rows()
        self._writer.close()

    def _write_rows(self) -> None:
        from pyarrow import RecordBatch  # noqa: PLC0415

        self._writer.write_batch(RecordBatch.from_pylist(msgspec.to_builtins(self._rows), schema=self._schema))
        self._rows.clear()
