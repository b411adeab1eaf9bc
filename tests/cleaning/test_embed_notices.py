"""Notices in place of films and maps that wait for the reader's consent are no part of the release."""

from __future__ import annotations

import pytest

from corpnews.cleaning.clean import clean_page
from corpnews.extraction.extract import extract_page
from tests.pages import HEADLINE, PROSE, URL, detail, lines, paragraphs, read

NOTICES = {
    "en": "This film is shown by a third party. By playing it you accept the terms of use of YouTube and its cookies.",
    "de": "Zum Abspielen des Films brauchen wir Ihre Einwilligung, dass Daten an Vimeo gehen. Mehr im Datenschutzhinweis.",
    "fr": "Ce contenu est hébergé par YouTube. En l’affichant, vous acceptez que ce tiers dépose des cookies.",
    "es": "Para ver este vídeo debe aceptar las cookies de terceros.",
    "it": "Per guardare il video è necessario accettare i cookie di terze parti.",
    "pl": "Aby obejrzeć film, zaakceptuj pliki cookie serwisu YouTube.",
    "sv": "Du behöver godkänna marknadsföringscookies för att filmen ska visas.",
    "no": "Du må godta informasjonskapsler for å se denne videoen.",
    "tr": "Bu videoyu izlemek için pazarlama çerezlerini kabul etmeniz gerekir.",
    "ja": "この動画を再生するには、クッキーの使用に同意してください。",
    "zh": "请接受第三方Cookie后观看此视频。",
    "ko": "이 영상을 보려면 마케팅 쿠키에 동의해 주세요.",
}


@pytest.mark.parametrize(("language", "notice"), NOTICES.items())
def test_notice_in_place_of_a_film_is_removed_with_its_buttons(language: str, notice: str) -> None:
    film = f"<div class='x1'><div><p>{notice}</p><p>Acme Films, a service of Acme</p></div><div><p>OK, load it</p></div></div>"
    article = read(detail(paragraphs(*PROSE[:2]) + film + paragraphs(*PROSE[2:]), lang=language))
    assert lines(article) == list(PROSE)


def test_notice_among_the_paragraphs_takes_none_of_them_along() -> None:
    page = detail(paragraphs(*PROSE[:2], NOTICES["en"], *PROSE[2:]))
    removed = [text.text for text in clean_page(extract_page(page)).removed if text.reason == "cookie notice"]
    assert (lines(read(page)), removed) == (list(PROSE), [NOTICES["en"]])


def test_notice_in_several_paragraphs_of_a_box_is_removed() -> None:
    parts = (
        "Empfohlener Inhalt der Redaktion",
        "Hier finden Sie einen Film von Vimeo, der die Meldung ergänzt.",
        "Sie können ihn mit einem Klick anzeigen und wieder ausblenden.",
        "Daten können dabei an Drittanbieter gehen. Mehr dazu steht in den Hinweisen.",
    )
    film = f"<section><div>{paragraphs(*parts)}</div></section>"
    article = read(detail(paragraphs(*PROSE[:2]) + film + paragraphs(*PROSE[2:]), lang="de"))
    assert lines(article) == list(PROSE)


ABOUT_CONSENT = (
    "The new service of Acme holds films of YouTube back until visitors accept cookies, and works on any website.",
    "You can watch the film of the opening on our channel at YouTube.",
    "Of 4,000 websites in the study, every second one shows maps before its visitors accept the cookies of third parties.",
)


@pytest.mark.parametrize("text", ABOUT_CONSENT)
def test_release_about_films_and_consent_is_kept(text: str) -> None:
    assert lines(read(detail(paragraphs(*PROSE[:2], text, *PROSE[2:])))) == [*PROSE[:2], text, *PROSE[2:]]


def test_sentence_above_the_notice_in_a_release_that_is_a_film_is_kept() -> None:
    film = f"<div class='film'><p>{NOTICES['en']}</p></div>"
    page = detail(f"<p>Acme shows the new plant in Nordvik in a film of three minutes.</p>{film}", headline=HEADLINE, url=URL)
    assert lines(read(page)) == ["Acme shows the new plant in Nordvik in a film of three minutes."]
