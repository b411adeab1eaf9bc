"""Sentences about the article itself that say when it was published: "This entry was posted in News on May 3, 2012 by Ann"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.parse import find_dates
from corpnews.extraction.dates.roles import mentions_modification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.dates.date_match import FoundDate

_MAX_NOTE_LENGTH: Final = 250
_NOTE: Final = re.compile(
    r"(?:this|the) (?:blog )?(?:entry|post|article|item|page|release|story) (?:was|has been) (?:\w+ )?"
    r"(?:posted|published|written|added|released|created|submitted)\b|"
    r"dies(?:er|e|es) (?:blog-?)?(?:eintrag|beitrag|artikel|text|seite|meldung|nachricht|pressemitteilung) (?:wurde|ist)\b|"
    r"(?:cet|cette|ce) (?:article|entrée|billet|message|publication|page) a été (?:publié|posté|écrit|rédigé|ajouté|mis)|"
    r"est[ea] (?:entrada|artículo|noticia|nota|publicación|artigo|notícia|postagem|publicação|post) (?:fue|ha sido|foi|se) "
    r"(?:public|escrit|poste|postad)|"
    r"quest[oa] (?:articolo|post|voce|notizia) è stat[oa] (?:pubblicat|scritt|inserit|postat)|"
    r"dit (?:bericht|artikel|item) (?:is|werd) (?:geplaatst|gepubliceerd|geschreven)",
    re.IGNORECASE,
)


def find_date_of_note(text: str, languages: Sequence[str], *, order: str | None) -> FoundDate | None:
    """Return the first date of a text that begins as a note on the article's publication; None for another text.

    >>> find_date_of_note("This entry was posted on Friday, May 3rd, 2024 at 4:48 pm under News.", (), order=None).day
    '2024-05-03'
    """
    start = text[:_MAX_NOTE_LENGTH]
    if not _NOTE.match(start) or mentions_modification(start):
        return None
    return next((date for date in find_dates(start, languages, order=order) if date.precision != "month"), None)
