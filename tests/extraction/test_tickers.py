"""Stock codes that exchanges label in their own way."""

from __future__ import annotations

import pytest

from corpnews.extraction.release.tickers import find_tickers


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["BSE Limited", "Scrip Code: 500999"], [("XBOM", "500999")]),
        (["National Stock Exchange of India Limited", "Mumbai 400051", "Symbol: ACMEIND"], [("XNSE", "ACMEIND")]),
        (["（コード番号：699A　東証プライム）"], [("XTKS", "699A")]),
        (["（証券コード 6999、名証メイン）"], [("XNGO", "6999")]),
        (["Symbol: ACMEIND", "コード番号：6999", "The dollar symbol: USD"], []),
        (["National Stock Exchange of India Limited", *["A line"] * 5, "Symbol: ACMEIND"], []),
    ],
)
def test_code_below_or_next_to_the_name_of_its_exchange_is_a_ticker(lines: list[str], codes: list[tuple[str, str]]) -> None:
    assert [(each.mic, each.symbol) for each in find_tickers(lines)] == codes
