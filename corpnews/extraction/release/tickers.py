"""Stock symbols and ISINs in a release: "(NASDAQ: ACME; TSX: ACM)", "ISIN: DE0007164600"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from corpnews.items import Ticker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_TICKERS: Final = 20
_SYMBOL: Final = r"[A-Z0-9](?:[A-Z0-9]|[.-](?=[A-Z0-9])){0,9}(?: [AB]\b)?"
_SPLIT: Final = re.compile(r"\s?(?:[/,&]|\band\b|\bund\b|\bet\b|\by\b)\s?")
_ISIN: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[A-Z0-9]{9}\d(?![A-Z0-9])")


@cache
def _load_exchanges() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the codes of the exchanges by their names in lower case, and a pattern of exchanges, a colon and a symbol."""
    data = tomllib.loads(files(__package__).joinpath("exchanges.toml").read_text(encoding="utf-8"))
    codes = {name: code for code, names in data.items() for name in names}
    spelled = sorted({*codes, *map(str.upper, codes), "NasdaqGS", "NasdaqGM", "NasdaqCM"}, key=len, reverse=True)
    exchange = f"(?:{'|'.join(map(re.escape, spelled))})"
    listing = (
        rf"(?<![\w-])(?P<exchanges>{exchange}(?:\s?(?:[/,]|and|&|und|et|y)\s?{exchange}){{0,3}})"
        rf"(?:[ -]?(?:GS|GM|CM|Main Market|Prime|Global Select))?\s?[:：]\s?(?P<symbol>(?!\d\b){_SYMBOL})(?!\w)"
    )
    return {name.lower(): code for name, code in codes.items()}, re.compile(listing)


def find_tickers(texts: Iterable[str]) -> tuple[Ticker, ...]:
    """Return the symbols with their exchanges, and the valid ISINs, in the texts; each once.

    >>> [(each.mic, each.symbol) for each in find_tickers(["Acme (NYSE/TSX: ACM) and Bolt (AIM: SRT) agree at 9: 00."])]
    [('XNYS', 'ACM'), ('XTSE', 'ACM'), ('XLON', 'SRT')]
    """
    found: dict[tuple[str | None, str | None, str | None], Ticker] = {}
    for text in texts:
        if ":" in text or "：" in text or "ISIN" in text:
            for ticker in _iterate_tickers(text):
                found.setdefault((ticker.mic, ticker.symbol, ticker.isin), ticker)
    return tuple(found.values())[:MAX_TICKERS]


def _iterate_tickers(text: str) -> Iterator[Ticker]:
    codes, listings = _load_exchanges()
    for listing in listings.finditer(text):
        for exchange in _SPLIT.split(listing["exchanges"]):
            yield Ticker(
                exchange=exchange,
                mic=codes.get(exchange.lower(), "XNAS" if exchange.lower().startswith("nasdaq") else None),
                symbol=listing["symbol"],
            )
    for number in _ISIN.findall(text):
        if _is_valid_isin(number):
            yield Ticker(isin=number)


def _is_valid_isin(number: str) -> bool:
    """Return whether country and check digit are right."""
    from stdnum import isin  # noqa: PLC0415  # only texts with such a number need it

    return bool(isin.is_valid(number))
