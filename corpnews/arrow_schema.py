"""The schema of the output line for Arrow, pyarrow.dataset and Parquet; needs pyarrow (`pip install 'corpnews[parquet]'`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from corpnews.schemas import get_columns

if TYPE_CHECKING:
    from corpnews.schemas import Column

# Days are strings, because Arrow's JSON reader reads no days
_ARROW_TYPES: Final = {"string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "day": pa.string()}


def _build_field(column: Column) -> pa.Field:
    if column.element:
        return pa.field(column.name, pa.list_(_build_field(column.element)))
    if column.columns:
        return pa.field(column.name, pa.struct(list(map(_build_field, column.columns))))
    return pa.field(column.name, _ARROW_TYPES[column.kind])


SCHEMA: Final = pa.schema(list(map(_build_field, get_columns())))
