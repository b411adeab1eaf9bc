"""Mail addresses, those written for people alone among them."""

from __future__ import annotations

import re
from typing import Final

EMAIL_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
# Addresses written for people alone: press [at] acme.example, press (at) acme (dot) example, press AT acme DOT example.
_OBFUSCATED_AT: Final = re.compile(
    r"(?<=[\w.-])\s?(?:[\[({<]\s?(?:at|@|ät|arroba|chez)\s?[\])}>]|\s(?-i:AT)\s)\s?(?=[\w-]{2})", re.IGNORECASE
)
_OBFUSCATED_DOT: Final = re.compile(
    r"(?<=\w)\s?(?:[\[({<]\s?(?:dot|punkt|punto|point|\.)\s?[\])}>]|\s(?-i:DOT)\s)\s?(?=\w{2})", re.IGNORECASE
)
_WIDE_AT: Final = re.compile(r"(?<=[\w.-])＠(?=\w)", re.ASCII)


def reveal_email(line: str) -> str:
    """Return the line with mail addresses that are written in words as addresses.

    >>> reveal_email("press [at] acme (dot) example"), reveal_email("We met at Acme dot com")
    ('press@acme.example', 'We met at Acme dot com')
    """
    line = _WIDE_AT.sub("@", line) if "＠" in line else line
    if "@" in line and "[" not in line and "(" not in line:
        return line
    if not ("(" in line or "[" in line or "{" in line or "<" in line or "AT" in line):
        return line
    shown = _OBFUSCATED_AT.sub("@", line)
    return _OBFUSCATED_DOT.sub(".", shown) if shown != line else line
