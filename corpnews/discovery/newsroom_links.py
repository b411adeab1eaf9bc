"""Finds a company's newsroom from its home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import MAX_LINK_LABEL_LENGTH, read_link_text
from corpnews.web import url_features, urls
from corpnews.web.text import normalize_label, split_labels
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from corpnews.discovery.scope import Scope
    from corpnews.page.page import Page

# Link texts that name the pages for the press.
PRESS_LABELS: Final = split_labels("""
newsroom|news room|press room|pressroom|press releases|press release|news releases|media releases|press|press center|press centre
media center|media centre|media room|press and media|press media|press office|for the press|for media|newsroom and media
新闻中心|媒体中心|新闻发布|新闻稿|媒体资讯|新聞中心|媒體中心|新聞稿|プレスリリース|ニュースリリース|プレスルーム|ニュースルーム|報道関係者の皆様へ
보도자료|뉴스룸|언론보도|presse|pressebereich|pressemitteilungen|presseportal|pressezentrum|newsroom presse|espace presse
salle de presse|communiqués de presse|communiqués|sala de prensa|prensa|notas de prensa|comunicados de prensa|comunicados
imprensa|sala de imprensa|comunicados de imprensa|area stampa|sala stampa|comunicati stampa|stampa|ufficio stampa
пресс центр|пресс релизы|пресса|пресс служба|пресцентр|المركز الإعلامي|بيانات صحفية|persberichten|pers|perskamer
pressmeddelanden|pressrum|pressemeldinger|presserom|pressemeddelelser|tiedotteet|medialle|biuro prasowe|tiskové zprávy
pro média|basın bültenleri|basın odası|basın|siaran pers|thông cáo báo chí|δελτία τύπου|sajtószoba|sajtóközlemények
comunicate de presă|presă|חדר חדשות|ข่าวประชาสัมพันธ์
""")
# Link texts that name news of any kind.
NEWS_LABELS: Final = split_labels("""
news|news and events|news and media|news media|news insights|latest news|company news|corporate news|our news|news and stories
news and updates|news and press|news events|media|announcements|what s new|all news|in the news
新闻|新闻动态|公司新闻|企业新闻|新闻资讯|资讯中心|集团新闻|企业动态|公司动态|最新消息|新聞|最新消息|ニュース|お知らせ|新着情報|トピックス
뉴스|소식|공지사항|새소식|aktuelles|neuigkeiten|nachrichten|news aktuelles|meldungen|medien|actualités|actus|nouvelles|noticias
novedades|actualidad|notícias|novidades|notizie|novità|attualità|новости|события|новини|الأخبار|أخبار|nieuws|actueel|nyheter
nyheder|aktuellt|uutiset|ajankohtaista|aktualności|wiadomości|aktuality|novinky|haberler|duyurular|berita|tin tức|νέα|hírek
știri|noutăți|חדשות|ข่าว|ข่าวสาร|yangiliklar
""")
_MAX_NEWSROOM_LINKS: Final = 5


def find_newsroom_links(page: Page, scope: Scope) -> list[str]:
    """Return up to five pages of the company's site that may be its newsroom, the most likely first."""
    scores: dict[str, float] = {}
    spelling: dict[str, str] = {}
    for mark in page.layout.links:
        url = page.resolve_url(mark.element.get("href"))
        if url is None or not scope.is_on_company_site(url) or urls.is_asset_url(url) or url_features.has_slug(url):
            continue
        score = _score_newsroom_link(url, read_link_text(mark.element))
        key = urls.article_key(url)
        if score > 0 and key != urls.article_key(page.url):
            scores[key] = max(scores.get(key, 0), score)
            spelling.setdefault(key, url)
    best = sorted(scores, key=lambda key: -scores[key])
    return [spelling[key] for key in best[:_MAX_NEWSROOM_LINKS]]


def _score_newsroom_link(url: str, text: str) -> float:
    """Score a link by its text and URL; 0 if neither names news."""
    label = normalize_label(text) if len(text) <= MAX_LINK_LABEL_LENGTH else ""
    said = 4.0 if label in PRESS_LABELS else 3.0 if label in NEWS_LABELS else 0.0
    path = url_features.split_path_without_edition(url)
    if not said and not (path and url_features.has_news_segment(path[-1:])):
        return 0.0
    named = 1.5 if url_features.has_news_segment(path) else 0.0
    other = 2.0 if not OTHER_SEGMENTS.isdisjoint(path) and not url_features.has_news_segment(path[-1:]) else 0.0
    return said + named - other - 0.25 * len(path)
