"""Stock symbols and ISINs in a release: "(NASDAQ: ACME; TSX: ACM)", "ISIN: DE0007164600", "Scrip Code: 500999"."""

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
# How a symbol follows the name of its exchange: of most texts with a colon, no more needs to be searched.
_SYMBOL_AFTER_COLON: Final = re.compile(rf"[:：]\s?(?!\d\b){_SYMBOL}(?!\w)")
# What must not stand before it is looked at last: a pattern is searched faster if it begins with a character.
_ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d(?![A-Z0-9])(?<![A-Z0-9][A-Z0-9]{12})")
# A label that belongs to one exchange, or to the exchange named in the same text or in the lines right above.
_BSE_CODE: Final = re.compile(r"\b(?:BSE )?Scrip Code(?: No\.?)?\s?[:–-]\s?(\d{6})\b", re.IGNORECASE)
_NSE_SYMBOL: Final = re.compile(r"\b(?:NSE |Trading )?(?:Symbol|SYMBOL)\s?[:–-]\s?([A-Z][A-Z0-9&-]{1,11})\b")
_NSE_NAME: Final = re.compile(r"\bNational Stock Exchange\b|\bNSE\b")
_TEXTS_BELOW_EXCHANGE: Final = 5
_JAPANESE_CODE: Final = re.compile(r"コード(?:番号)?\s?[:：]?\s?(\d{3}[\dA-Z])(?![\dA-Z])")
_JAPANESE_MARKETS: Final = {"東証": "XTKS", "東京証券取引所": "XTKS", "名証": "XNGO", "札証": "XSAP", "福証": "XFKA"}


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
    left_of_nse = 0  # texts below the name of the National Stock Exchange of India
    for text in texts:
        left_of_nse = _TEXTS_BELOW_EXCHANGE if _names_nse(text) else left_of_nse - 1
        if not _has_sign(text):
            continue
        for ticker in (*_iterate_tickers(text), *_iterate_labelled_codes(text, is_nse=left_of_nse > 0)):
            found.setdefault((ticker.mic, ticker.symbol, ticker.isin), ticker)
    return tuple(found.values())[:MAX_TICKERS]


def _iterate_tickers(text: str) -> Iterator[Ticker]:
    codes, listings = _load_exchanges()
    for listing in listings.finditer(text) if _SYMBOL_AFTER_COLON.search(text) else ():
        for exchange in _SPLIT.split(listing["exchanges"]):
            yield Ticker(
                exchange=exchange,
                mic=codes.get(exchange.lower(), "XNAS" if exchange.lower().startswith("nasdaq") else None),
                symbol=listing["symbol"],
            )
    for number in _ISIN.findall(text):
        if _is_valid_isin(number):
            yield Ticker(isin=number)


def _names_nse(text: str) -> bool:
    return ("NSE" in text or "National Stock" in text) and _NSE_NAME.search(text) is not None


def _has_sign(text: str) -> bool:
    return ":" in text or "：" in text or "ISIN" in text or "コード" in text or "Scrip" in text or "SCRIP" in text


def _iterate_labelled_codes(text: str, *, is_nse: bool) -> Iterator[Ticker]:
    """Yield the codes of Indian and Japanese exchanges, which have labels of their own.

    >>> [(each.mic, each.symbol) for each in find_tickers(["（コード番号：6999　東証プライム）", "Scrip Code: 500999"])]
    [('XTKS', '6999'), ('XBOM', '500999')]
    """
    codes = _BSE_CODE.findall(text) if "scrip" in text.casefold() else ()
    yield from (Ticker(exchange="BSE", mic="XBOM", symbol=code) for code in codes)
    if is_nse:
        yield from (Ticker(exchange="NSE", mic="XNSE", symbol=symbol) for symbol in _NSE_SYMBOL.findall(text))
    code = _JAPANESE_CODE.search(text) if "コード" in text else None
    market = next((name for name in _JAPANESE_MARKETS if name in text), None)
    if code and market:
        yield Ticker(exchange=market, mic=_JAPANESE_MARKETS[market], symbol=code[1])


def _is_valid_isin(number: str) -> bool:
    """Return whether country and check digit are right."""
    from stdnum import isin  # noqa: PLC0415  # only texts with such a number need it

    return bool(isin.is_valid(number))
