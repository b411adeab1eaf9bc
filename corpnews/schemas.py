"""The columns of the output line, made from the fields of Article, and its schema for Spark and for SQL.

The schema for Arrow is in corpnews/arrow_schema.py; the JSON Schema is `Article.json_schema()`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints

from corpnews.items import DAY_FIELDS, Article

if TYPE_CHECKING:
    from collections.abc import Iterator

ColumnKind = Literal["string", "integer", "boolean", "day", "list", "struct"]
_SPARK_TYPES: Final = {"string": "STRING", "integer": "BIGINT", "boolean": "BOOLEAN", "day": "DATE"}
_SQL_TYPES: Final = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "day": "DATE"}


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the line: a scalar, a list of scalars or structs (`columns`), or a struct."""

    name: str
    kind: ColumnKind
    is_nullable: bool = False
    element: Column | None = None  # of a list
    columns: tuple[Column, ...] = ()  # of a struct


@cache
def get_columns() -> tuple[Column, ...]:
    """Return the columns of a line, in the order in which they are written."""
    return tuple(_iter_columns(Article))


def _iter_columns(kind: type) -> Iterator[Column]:
    hints = get_type_hints(kind)
    for each in fields(kind):
        yield _build_column(each.name, hints[each.name])


def _build_column(name: str, hint: Any) -> Column:
    """Build the column of a type hint: str, int, bool, a dataclass, tuple[T, ...], or one of these or None."""
    arguments = get_args(hint)
    if NoneType in arguments:
        column = _build_column(name, next(each for each in arguments if each is not NoneType))
        return Column(name, column.kind, is_nullable=True, element=column.element, columns=column.columns)
    if get_origin(hint) is tuple:
        return Column(name, "list", element=_build_column("element", arguments[0]))
    if is_dataclass(hint):
        assert isinstance(hint, type)  # noqa: S101 - for the type checker
        return Column(name, "struct", columns=tuple(_iter_columns(hint)))
    if name in DAY_FIELDS:
        return Column(name, "day")
    return Column(name, {bool: "boolean", int: "integer"}.get(hint, "string"))  # type: ignore[arg-type]


def build_spark_schema() -> str:
    """Return the schema as Spark's DDL string, for `spark.read.schema(…)`.

    >>> build_spark_schema()[:37]
    'id STRING NOT NULL, release_id STRING'
    """
    return ", ".join(
        f"{column.name} {_format_spark_type(column)}{'' if column.is_nullable else ' NOT NULL'}" for column in get_columns()
    )


def _format_spark_type(column: Column) -> str:
    if column.element:
        return f"ARRAY<{_format_spark_type(column.element)}>"
    if column.columns:
        return f"STRUCT<{', '.join(f'{each.name}: {_format_spark_type(each)}' for each in column.columns)}>"
    return _SPARK_TYPES[column.kind]


def build_sql_schema(table: str = "articles") -> str:
    """Return a CREATE TABLE statement in DuckDB's SQL; nested fields are STRUCTs and lists."""
    columns = (f"    {_format_sql_column(column)}{'' if column.is_nullable else ' NOT NULL'}" for column in get_columns())
    return f"CREATE TABLE {table} (\n" + ",\n".join(columns) + "\n);"


def _format_sql_column(column: Column) -> str:
    return f'"{column.name}" {_format_sql_type(column)}'


def _format_sql_type(column: Column) -> str:
    if column.element:
        return f"{_format_sql_type(column.element)}[]"
    if column.columns:
        return f"STRUCT({', '.join(map(_format_sql_column, column.columns))})"
    return _SQL_TYPES[column.kind]
