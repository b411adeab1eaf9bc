"""Words in the paths and queries of newsrooms' URLs, in many languages."""

from __future__ import annotations

import re

from corpnews.web.text import split_terms

# Stems in a step of a path that contains news or releases.
NEWS_STEM = re.compile(
    r"news|press(?!ure|o\b)|releas|noticia|notizi|nachricht|aktuel|aktualn|aktualit|actualit|comunica[dt]o|comunicati|"
    r"communique|mitteilung|meldung|announce|neuig|novost|novin|xinwen|xwzx|qyxw|gsxw|dongtai|zixun|prensa|imprensa|"
    r"stampa|nieuws|nyhet|nyhed|uutis|haber|berita|tin-tuc|oshirase|topics|bulletin|journal|insight|stories|hirek|stiri|"
    r"zprav|vesti|habar|gonggao|tiedot|medien"
)
NEWS_STEPS = split_terms("""
blog blogs media medias article articles artikel artikelen post posts story story-details updates update info art detail
details show view item content pr ir publication publications xw news-details pers actus actu
""")
# Steps of a path that lead to a listing of one topic, author …
LABEL_STEPS = split_terms("""
category categories tag tags tagged author authors topic topics kategorie kategorien schlagwort categorie categoria
categorias etiqueta etiquetas label labels keyword keywords autor auteur rubrik rubrique rubrica section sections archive
archives search type
""")
# Those of them that lead to articles too: /archives/1234.
SHELF_STEPS = split_terms("archive archives topic topics section sections type")
# Those of them that divide a newsroom; authors and tags only repeat it.
TOPIC_STEPS = split_terms("""
category categories kategorie kategorien categorie categoria categorias rubrik rubrique rubrica section sections archive
archives topic topics type
""")
# Last steps of a path to older releases.
ARCHIVE_STEPS = split_terms("archive archives archiv archivo arkiv archivio archief arquivo arhiv all older")
# Steps of a path that never lead to a release.
OTHER_STEPS = split_terms("""
product products produkt produkte produits producto productos prodotti produtos chanpin shop store cart basket checkout
compare pricing quote wishlist demo account login signin register signup logout subscribe unsubscribe newsletter feedback
career careers job jobs karriere stellen vacancies vacancy empleo contact contacts contact-us contact_us contactus kontakt
contacto contatti contato lianxi about about-us about_us aboutus ueber-uns guanyu company-profile team leadership
management people staff privacy privacy-policy privacypolicy datenschutz terms terms-of-use legal imprint impressum
disclaimer cookies cookie-policy sitemap site-map search suche faq faqs help support service services solution solutions
loesungen industries sectors locations location offices dealers dealer partners partner download downloads gallery
galleries photo photos video videos webinars webinar event events calendar course courses portfolio case cases case-study
case-studies customers customer testimonials reviews review rss feed sustainability donate home property properties
project projects mediakit media-kit press-kit presskit media-contacts media-contact press-contacts press-contact
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
""")
PERIOD_PARAMETERS = split_terms("year month y m yr jahr annee ano anno date archive nian")
# Query parameters that change how a listing is shown; pagers may repeat them.
DRAWING_PARAMETERS = split_terms("""
sort sortby sort_by order orderby order_by dir direction view display layout limit per_page perpage pagesize page_size
items_per_page action
""")
NEVER_PARAMETERS = split_terms("""
print format share replytocom q query search keyword keywords s_keyword reply login redirect return add-to-cart output
""")
