"""What the path and the query of a URL say about its page: news, an article, a listing or something else, in many languages."""

from __future__ import annotations

import re
from functools import lru_cache

from corpnews.web.text import split_terms
from corpnews.web.urls import MAX_CACHED_URLS, SLUG_WORD, get_query, split_path, split_url

# Stems in a path segment above news or releases.
NEWS_STEM = re.compile(
    r"news|press(?!ure|o\b)|releas|noticia|notizi|nachricht|aktuel|aktualn|aktualit|actualit|comunica[dt]o|comunicati|"
    r"communique|mitteilung|meldung|announce|neuig|novost|novin|xinwen|xwzx|qyxw|gsxw|dongtai|zixun|prensa|imprensa|"
    r"stampa|nieuws|nyhet|nyhed|uutis|haber|berita|tin-tuc|oshirase|topics|bulletin|journal|insight|stories|hirek|stiri|"
    r"zprav|vesti|habar|gonggao|tiedot|medien"
)
NEWS_SEGMENTS = split_terms("""
blog blogs media medias article articles artikel artikelen post posts story story-details updates update info art detail
details show view item content pr ir publication publications xw news-details pers actus actu
""")
_BLOG_SEGMENTS = frozenset(("blog", "blogs", "weblog", "corporate-blog", "company-blog"))
# Path segments that lead to a listing of one topic, author …
LABEL_SEGMENTS = split_terms("""
category categories tag tags tagged author authors topic topics kategorie kategorien schlagwort categorie categoria
categorias etiqueta etiquetas label labels keyword keywords autor auteur rubrik rubrique rubrica section sections archive
archives search type
""")
# Those of them that lead to articles too: /archives/1234.
LABEL_SEGMENTS_WITH_ARTICLES = split_terms("archive archives topic topics section sections type")
# Path segments of what is listed with a date and is no release: events and jobs.
EVENT_SEGMENTS = split_terms("""
event events calendar webinar webinars agenda termine veranstaltung veranstaltungen kalender messen evenement evenements
calendrier evento eventos eventi calendario kalendarium tapahtuma tapahtumat meropriyatiya huodong evenementen evenemang
job jobs career careers karriere stellen stellenangebote vacancies vacancy recrutement emploi emplois carriere carrieres
empleo empleos carreira carreiras vagas lavoro kariera praca ura rekry tyopaikat vakansii karera zhaopin recruit vacatures
karriar kariyer
""")
# Path segments that never lead to a release.
OTHER_SEGMENTS = EVENT_SEGMENTS | split_terms("""
product products produkt produkte produits producto productos prodotti produtos produkty tuotteet tuote producten produkter
chanpin shop store cart basket checkout compare pricing quote wishlist demo account login signin register signup logout
subscribe unsubscribe newsletter feedback contact contacts contact-us contact_us contactus kontakt contacto contatti contato
yhteystiedot lianxi about about-us about_us aboutus ueber-uns a-propos chi-siamo o-nas guanyu company-profile team
leadership management people staff privacy privacy-policy privacypolicy datenschutz terms terms-of-use legal imprint
impressum disclaimer cookies cookie-policy sitemap site-map search suche faq faqs help support service services servicios
servicos servizi uslugi palvelut solution solutions loesungen industries sectors locations location offices dealers dealer
partners partner download downloads gallery galleries photo photos video videos course courses portfolio case cases
case-study case-studies customers customer testimonials reviews review rss feed sustainability donate home property
properties project projects mediakit media-kit press-kit presskit media-contacts media-contact press-contacts press-contact
""")
LANGUAGE_CODES = split_terms("""
af am ar az be bg bn bs ca cn cs cy cz da de dk el en es et eu fa fi fr ga gb gl gr gu he hi hr hu hy id is it iw ja jp ka
kk km kn ko kr ky lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl pt ro ru sc sk sl sq sr sv sw ta tc te th tk tl tr tw ua
uk ur us uz vi vn zh zhs zht chs cht eng jpn chi ger fra esp ita rus kor chinese english japanese german french spanish
""")
# Query parameters that page through a listing; others are filters, sort orders or trackers.
PAGE_PARAMETERS = split_terms("""
page p pg paged pagina pageno page_no pagenum page_num pageindex page_index pagenumber page_number curpage currentpage
cpage seite start offset o from skip begin first startrecord b pn pageid page_id nr sheet blatt block strana strona sida
side list_page limitstart cursor after before page_token pagetoken continuation max_id sayfa oldal halaman trang stranka lapa
b_start:int
""")
_MAX_PAGE_DIGITS = 2  # of ?p=12; a longer number is that of a post
PERIOD_PARAMETERS = split_terms("year month y m yr jahr annee ano anno date archive nian")
# Query parameters that change how a listing is shown; pagers may repeat them.
DISPLAY_PARAMETERS = split_terms("""
sort sortby sort_by order orderby order_by dir direction view display layout limit per_page perpage pagesize page_size
items_per_page action
""")
# Those of them that say how many articles a page of the listing has.
SIZE_PARAMETERS = split_terms("limit per_page perpage pagesize page_size items_per_page")
SEARCH_PARAMETERS = split_terms("""
print format share replytocom q query search keyword keywords s_keyword reply login redirect return add-to-cart output
""")
YEAR_PATTERN = r"(?:19[89]|20[0-4])\d"
_MONTH_PATTERN, _DAY_PATTERN = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DATE_IN_PATH = re.compile(
    rf"(?<!\d){YEAR_PATTERN}([-/_.]?){_MONTH_PATTERN}(?:\1{_DAY_PATTERN})?(?!\d)|(?<!\d){YEAR_PATTERN}([-/_.])[1-9]\2\d{{1,2}}(?!\d)|"
    rf"/{YEAR_PATTERN}/(?:\d{{1,2}}/)?(?=[^/]*[a-z]{{3}})"
)
_PERIOD_AT_END = re.compile(rf"/{YEAR_PATTERN}(?:[-_]{_MONTH_PATTERN}|(?:/(?:0?[1-9]|1[0-2]))?(?:/(?:0?[1-9]|[12]\d|3[01]))?)/?$")
_DAY_AT_END = re.compile(rf"/{YEAR_PATTERN}/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/?$")
_WHOLE_DAY = re.compile(rf"{YEAR_PATTERN}([-/.]?){_MONTH_PATTERN}\1{_DAY_PATTERN}")
_LANGUAGE_PARAMETERS = frozenset(("lang", "language", "locale", "l", "lng", "hl", "culture"))
_ID_SEGMENT = re.compile(
    r"^(?:[a-z_-]*\d[\d_-]*|[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-z]*\d)[a-z0-9]{10,})$"
)
_ID_PARAMETER = re.compile(r"^(?:[a-z_]*(?:id|idx|seq|no|num|uid)|item|p|n|a|i|news|article|post|pr|view|detail|doc)$")
_PAGE_PARAMETER = re.compile(r"(?:^|[\W_])(?:page[dn]?|paging|cur|pointer|offset)(?:[\W_](?!id$).*|\d*)$")
PAGE_NUMBER_IN_PATH = re.compile(
    r"(?:^|/)(?:(?:page|pagina|seite|paged|strona|stranitsa)[-_/.]?\d{1,5}(?:/|$|\.)|p[-_]?\d{1,3}(?:/|$|\.)|"
    r"(?:index|list|default|news_list|newslist)[-_]?\d{1,4}(?:\.\w+)?$)"
)


def is_edition_segment(segment: str) -> bool:
    """Return whether a path segment names a language edition: en, zh-hans, de_at.

    >>> is_edition_segment("en-us"), is_edition_segment("news")
    (True, False)
    """
    head, _, tail = segment.replace("_", "-").partition("-")
    return head in LANGUAGE_CODES and len(head) + len(tail) <= 8 and (not tail or len(tail) in (2, 4))


@lru_cache(maxsize=MAX_CACHED_URLS)
def split_path_without_edition(url: str) -> tuple[str, ...]:
    """Return the segments of the path without the leading ones that name a language or country."""
    path = split_path(url)
    start = 0
    while start < min(2, len(path)) and is_edition_segment(path[start]):
        start += 1
    return path[start:]


def is_home_page_url(url: str) -> bool:
    """Return whether the URL is that of a site's home page, in any edition; a query may only choose its language or page.

    >>> [is_home_page_url(f"https://example.com/{rest}") for rest in ("en/", "?lang=de", "news", "index.php?topic=117.0")]
    [True, True, False, False]
    >>> is_home_page_url("https://example.com/?p=2"), is_home_page_url("https://example.com/?p=4127")  # WordPress's post 4127
    (True, False)
    """
    return not split_path_without_edition(url) and all(
        name in _LANGUAGE_PARAMETERS or is_display_parameter(name) or (is_page_parameter(name) and not _is_post_id(name, value))
        for name, value in get_query(url).items()
    )


def _is_post_id(name: str, value: str) -> bool:
    return name == "p" and value.isdigit() and len(value) > _MAX_PAGE_DIGITS


def is_page_parameter(name: str) -> bool:
    """Return whether a query parameter is a page number or an offset, alone or prefixed by a component's name.

    >>> is_page_parameter("page"), is_page_parameter("grid7_page"), is_page_parameter("page_n17"), is_page_parameter("pages")
    (True, True, True, False)
    """
    return name in PAGE_PARAMETERS or _PAGE_PARAMETER.search(name) is not None


def is_search_parameter(name: str) -> bool:
    """Return whether a query parameter searches a listing, prints or exports it."""
    return name in SEARCH_PARAMETERS


def is_display_parameter(name: str) -> bool:
    """Return whether a query parameter sorts or filters a listing, or changes its display."""
    return name in DISPLAY_PARAMETERS or "sort" in name or "[" in name


def is_label_url(url: str) -> bool:
    """Return whether the URL is the listing of a category, a tag or an author; an article below one is not.

    >>> is_label_url("http://example.com/category/deals/"), is_label_url("http://example.com/category/deals/462.html")
    (True, False)
    >>> is_label_url("http://example.com/topics/view?id=462")
    False
    """
    path = split_path(url)
    at = next((index for index, segment in enumerate(path) if segment in LABEL_SEGMENTS), None)
    if at is None:
        return False
    tail = path[at + 1 :]
    named = len(tail) > 1 or (len(tail) == 1 and path[at] in LABEL_SEGMENTS_WITH_ARTICLES)
    if not named or "page" in tail:
        return True
    return not (_ID_SEGMENT.match(tail[-1]) or count_words_in_slug(tail[-1]) > 3 or has_id_parameter(url))


def count_words_in_slug(segment: str) -> int:
    """Return the number of words in a slug; in a script without spaces, three characters count as a word."""
    words = SLUG_WORD.findall(segment)
    if segment.isascii():
        return len(words)
    return sum(1 if word.isascii() or len(word) < 8 else len(word) // 3 for word in words)


def is_period_url(url: str) -> bool:
    """Return whether the path ends in a year, month or day: an archive page.

    >>> [is_period_url(f"/news/2024{rest}") for rest in ("/index.html", "/q3-results.html", "-05/", "-105")]
    [True, False, True, False]
    """
    return _PERIOD_AT_END.search("/" + "/".join(split_path(url))) is not None


def is_day_url(url: str) -> bool:
    """Return whether the path ends in /year/month/day."""
    return _DAY_AT_END.search(split_url(url).path) is not None


def is_calendar_url(url: str) -> bool:
    """Return whether the last path segment or a query value is a day: a page of a calendar.

    >>> is_calendar_url("/news?date=2024-03-28"), is_calendar_url("/news?date=2024-03")
    (True, False)
    """
    return is_day_url(url) or any(map(_WHOLE_DAY.fullmatch, (*split_path(url)[-1:], *get_query(url).values())))


def has_page_number_in_path(url: str) -> bool:
    """Return whether the path contains the number of a listing page: /page/2/, index_2.html."""
    return PAGE_NUMBER_IN_PATH.search(split_url(url).path.lower()) is not None


def has_news_segment(path: tuple[str, ...]) -> bool:
    """Return whether a path segment is a word for news or press."""
    return not NEWS_SEGMENTS.isdisjoint(path) or NEWS_STEM.search("/".join(path)) is not None


def is_blog_url(url: str) -> bool:
    """Whether the URL is that of a blog or below it."""
    return not _BLOG_SEGMENTS.isdisjoint(split_path_without_edition(url))


def is_event_url(url: str) -> bool:
    """Whether the path names events or jobs."""
    return not EVENT_SEGMENTS.isdisjoint(split_path_without_edition(url))


@lru_cache(maxsize=MAX_CACHED_URLS)
def is_news_url(url: str) -> bool:
    """Return whether the path or a query value contains a word for news or press: /press/12, board.php?table=news."""
    return has_news_segment((*split_path_without_edition(url), *(value.lower() for value in get_query(url).values())))


@lru_cache(maxsize=MAX_CACHED_URLS)
def has_date_in_path(url: str) -> bool:
    """Return whether the path contains a date, or a year above a slug."""
    return _DATE_IN_PATH.search(split_url(url).path.lower()) is not None


def has_article_id(url: str) -> bool:
    """Return whether the last path segment or a query parameter is an identifier."""
    path = split_path(url)
    return bool(path and _ID_SEGMENT.match(path[-1])) or has_id_parameter(url)


def has_id_parameter(url: str) -> bool:
    """Return whether a query parameter is an identifier."""
    return any(_ID_PARAMETER.match(name) and any(map(str.isdigit, value)) for name, value in get_query(url).items())


def has_slug(url: str) -> bool:
    """Return whether the last path segment is a slug of four words, or of three long ones.

    >>> has_slug("http://example.com/acme-opens-new-plant/"), has_slug("http://example.com/our-team/")
    (True, False)
    """
    path = split_path(url)
    words = count_words_in_slug(path[-1]) if path else 0
    if len(path) > 1 and _ID_SEGMENT.match(path[-1]) and (above := count_words_in_slug(path[-2])) > words:
        path, words = path[:-1], above
    return words > 3 or (words > 2 and len(path[-1]) > 20)


def has_slug_above(url: str) -> bool:
    """Whether the segment above the last one reads like a sentence: /acme-opens-new-plant/index3322.html.

    >>> has_slug_above("/acme-opens-new-plant/index3322.html"), has_slug_above("/news/index_2.html")
    (True, False)
    """
    return any(count_words_in_slug(segment) > 3 for segment in split_path(url)[-2:-1])
