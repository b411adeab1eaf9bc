"""The body is found between menus, sidebars and comments, in any markup."""

from __future__ import annotations

import pytest

from corpnews.extraction.body import find_region, is_prose
from corpnews.extraction.headline import find_headline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.pages import HEADLINE, MENU, PROSE, URL, detail, listing, paragraphs, read

OTHER = (
    "Acme has paid back the loan of the town of Sundal, ten years earlier than was agreed when the yard burnt down.",
    "Acme teaches welding to bakers, and baking to welders, in a course that nobody asked for and everybody likes.",
)
CHINESE = (
    "阿克米公司周一表示，将在北镇建设一座水轮机工厂，预计为当地提供四百个就业岗位，首批工人下月开始培训。",
    "首批水轮机将于后年春天下线。在此之前，产品仍在两座旧厂房内生产，质量检验全部由第三方机构完成。",
    "“这条河等我们等得够久了。”在河边长大的工会主席说，“现在轮到我们了。”",
)
JAPANESE = (
    "アクメ株式会社は月曜日、北部の町に水車の工場を建設すると発表しました。四百人の雇用が生まれる見込みです。",
    "最初の水車は再来年の春に出荷される予定で、それまでは二つの古い工場で生産を続け、検査は第三者機関が行います。",
)


def body(page: Page, template: SiteTemplate | None = None) -> list[str]:
    """Return the texts of the region without the headline."""
    headline = find_headline(page, read_structured_data(page))
    region = find_region(page.layout, template, headline)
    titles = headline.blocks if headline else ()
    return [block.text for block in region.blocks if block not in titles] if region else []


def test_short_text_in_the_form_that_is_the_whole_page_is_found() -> None:
    share = "<div><a href='https://x.example/share'>Share</a> <a href='javascript:window.print()'>Print</a></div>"
    main = f"<form><h1>{HEADLINE}</h1>{share}<div><div>Acme closes its yard for a day.</div></div></form>"
    lines = (
        "Acme Ltd, Works and Offices",
        "Yard Road 12, 4020 Sundal",
        "Telephone +49 555 100, Fax +49 555 101",
        "© 2026 Acme Ltd",
    )
    footer = f"<footer>{''.join(f'<p>{line}</p>' for line in lines)}</footer>"
    page = Page.from_html(f"<body>{MENU}{main}{footer}</body>".encode(), URL)
    assert body(page) == ["Acme closes its yard for a day."]


@pytest.mark.parametrize("text", ["The office in Sundal is closed on 3 May.", "청수 사무소는 5월 3일에 쉽니다."])
@pytest.mark.parametrize("above", [f"<h3>{HEADLINE}</h3>", f"<p>{HEADLINE}</p>", ""])
def test_only_sentence_of_a_page_is_found_also_below_a_copy_of_the_headline(text: str, above: str) -> None:
    main = f"<h1>{HEADLINE}</h1><div class='news-detail'><div>2024-05-03</div>{above}{text}<br></div>"
    footer = "<div><p>Acme Ltd</p><p>Yard Road 12, 4020 Sundal</p><p>© 2026 Acme Ltd</p></div>"
    assert body(Page.from_html(f"<body>{MENU}{main}{footer}</body>".encode(), URL)) == [text]


def test_line_in_a_component_of_its_own_between_paragraphs_is_in_the_body() -> None:
    first, last = (f"<div><p>{text}</p></div>" for text in (PROSE[0], PROSE[2]))
    name = "<div class='stats'><div class='quote'><div class='quote-name'>Ada Lindqvist</div></div></div>"
    assert body(detail(f"{first}{name}{last}")) == [PROSE[0], "Ada Lindqvist", PROSE[2]]


def test_questions_above_their_answers_are_in_the_body() -> None:
    questions = ["Why does it matter?", "What comes next?"]
    items = "".join(
        f"<li class='item'><div class='toggle-header'><div class='toggle-title'>{question}</div></div>"
        f"<div class='toggle-content'><p>{answer}</p></div></li>"
        for question, answer in zip(questions, PROSE[1:], strict=False)
    )
    found = body(detail(f"<p>{PROSE[0]}</p><div class='accordion'><ul>{items}</ul></div>"))
    assert [line for line in found if line in questions] == questions


def test_paragraphs_each_of_which_is_a_component_of_its_own_are_one_text() -> None:
    texts = PROSE[0], "Closing is subject to approval. The contract covers the yards at Sundal and Graz."
    alerts = "<h3>Never miss a story</h3><p>Sign up for alerts and get our news.</p>"
    parts = [f"<h1>{HEADLINE}</h1>", *(f"<p>{text}</p>" for text in ("May 3, 2024", *texts)), alerts]
    grid = "".join(f"<div class='grid-column'><div class='component'>{part}</div></div>" for part in parts)
    page = Page.from_html(f"<body>{MENU}<div class='grid'>{grid}</div></body>".encode(), URL)
    assert body(page) == [*texts]


def test_body_is_found_between_menu_and_footer() -> None:
    assert body(detail()) == list(PROSE)


def test_sidebar_of_teasers_is_not_in_the_body() -> None:
    teasers = "".join(f"<li><a href='/news/{text[5:9]}'><h4>{text[:30]}</h4></a><p>{text}</p></li>" for text in OTHER)
    assert body(detail(after=f"<aside class='sidebar related'><h3>More news</h3><ul>{teasers}</ul></aside>")) == list(PROSE)


def test_comments_of_readers_are_not_in_the_body() -> None:
    comments = "".join(f"<li class='comment'><cite>Jo</cite><p>{text}</p><a href='#r'>Reply</a></li>" for text in OTHER)
    after = f"<div id='comments' class='comments-area'><h3>2 comments</h3><ol class='comment-list'>{comments}</ol></div>"
    assert body(detail(after=after)) == list(PROSE)


def test_comments_in_boxes_without_names_are_not_in_the_body() -> None:
    readers = (
        *OTHER,
        "The mill of Sundal grinds again, after two winters in which the miller had to buy his flour in the next town.",
        "A ferry of wood crosses the fjord since Monday, slower than the old one, but with a cook who knows her trade.",
        "Four bridges are to be painted this summer, and nobody in the town hall has yet said which colour it will be.",
        "I worked there for ten years and can tell you that the river never froze, whatever they write in the paper now.",
    )
    comments = "".join(
        f"<div><div>Jo{at}</div><div>May {at}, 10:1{at}</div><p>{text}</p><div><a href='#'>3</a> <a href='#'>1</a></div></div>"
        for at, text in enumerate(readers, 1)
    )
    assert body(detail(paragraphs(*PROSE), after=f"<div><h2>6</h2>{comments}</div>")) == list(PROSE)


def test_menu_of_forty_links_is_not_in_the_body() -> None:
    menu = "".join(f"<li><a href='/p/{number}'>Turbines of series {number}</a></li>" for number in range(40))
    assert body(detail(before=f"<div class='mega'><ul>{menu}</ul></div>")) == list(PROSE)


def test_lists_tables_and_subheads_among_the_prose_are_in_the_body() -> None:
    items = ("Four hundred jobs in two shifts, half of them for trainees.", "Two halls of nine thousand square metres each.")
    listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    found = body(detail(f"{paragraphs(*PROSE[:2])}<h2>What comes to Nordvik</h2>{listed}{paragraphs(*PROSE[2:])}"))
    assert found == [*PROSE[:2], "What comes to Nordvik", *items, *PROSE[2:]]


def test_table_between_paragraphs_is_complete() -> None:
    cells = (
        ("Item", "Value"),
        ("Range", "5–150 cm"),
        ("Temperature", "-45 to +10 °C"),
        ("Battery", "Three winters"),
        ("Weight", "310 g"),
    )
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in cells)
    found = body(detail(f"{paragraphs(*PROSE[:2])}<table>{rows}</table>{paragraphs(*PROSE[2:])}"))
    assert found == [*PROSE[:2], *(" | ".join(row) for row in cells), *PROSE[2:]]


def write_table(*rows: tuple[str, ...]) -> str:
    return f"<table>{''.join('<tr><td>' + '<td>'.join(row) for row in rows)}</table>"


def test_table_whose_heads_recur_in_other_releases_is_complete() -> None:
    heads, figures = ("Region", "Stück", "Veränderung"), (("Leer", "281", "13 %"), ("Gera", "1873", "17 %"))
    template = SiteTemplate()
    for number, text in enumerate(OTHER * 4):
        other = paragraphs(f"{text} It is the town's wish number {number}.") + write_table(heads, ("Bonn", str(number), "4 %"))
        template.observe(detail(other, headline=f"News {number}", url=f"https://acme.example/news/{number}"))
    page = detail(f"{paragraphs(*PROSE)}{write_table(heads, *figures)}", after="<div><h2>links</h2><ul><li>Fund</li></ul></div>")
    assert body(page, template) == [*PROSE, *(" | ".join(row) for row in (heads, *figures))]


def test_release_of_one_sentence_is_found() -> None:
    assert body(detail(paragraphs(PROSE[0]))) == [PROSE[0]]


def test_text_separated_by_line_breaks_is_found() -> None:
    assert body(detail("<br><br>".join(PROSE))) == list(PROSE)


def test_text_in_spans_and_unclassed_divs_is_found() -> None:
    soup = "".join(f"<div><div><span style='font-size:14px'>{text}</span></div></div>" for text in PROSE)
    page = Page.from_html(f"<body><div class=a1>{MENU}</div><div class=b7><div class=t>{HEADLINE}</div>{soup}</div></body>", URL)
    assert [text for text in body(page) if text != HEADLINE] == list(PROSE)


def test_text_in_a_layout_table_is_found() -> None:
    text = "<br><br>".join(PROSE)
    page = Page.from_html(
        f"""<title>{HEADLINE}</title><table width=900><tr><td colspan=2><a href=/>Home</a> | <a href=/news>News</a></td></tr>
        <tr><td width=150><a href=/a>Turbines</a><br><a href=/b>Pumps</a><br><a href=/c>Spares</a></td>
        <td><table><tr><td><font size=4><b>{HEADLINE}</b></font><br><br>
        <font size=2>{text}</font></td></tr></table>
        </td></tr><tr><td colspan=2><font size=1>© Acme 2004</font></td></tr></table>""",
        URL,
    )
    assert body(page) == list(PROSE)


@pytest.mark.parametrize(("texts", "lang"), [(CHINESE, "zh"), (JAPANESE, "ja")])
def test_text_without_spaces_between_words_is_found(texts: tuple[str, ...], lang: str) -> None:
    page = Page.from_html(
        f"""<html lang={lang}><div class=top><a href=/>首页</a><a href=/a>关于我们</a><a href=/n>新闻中心</a></div>
        <div class=main><h1>{texts[0][:16]}</h1><div class=con>{paragraphs(*texts)}</div></div>
        <div class=foot>版权所有 © 阿克米</div>""",
        URL,
    )
    assert body(page) == list(texts)


SLOGAN = "Power from the river, for the river"


def test_slogan_on_all_pages_is_not_in_the_body_once_the_template_knows_them() -> None:
    template = SiteTemplate()
    template.observe(listing(*OTHER))
    for number, text in enumerate(OTHER * 4):
        own = f"{text} It was the town's wish number {number}, and there are more of them on the list that hangs in the hall."
        url = f"https://acme.example/news/{number}"
        template.observe(detail(paragraphs(own), after=paragraphs(SLOGAN), headline=f"News {number}", url=url))
    page = detail(after=paragraphs(SLOGAN))
    template.observe(page)
    assert body(page, template) == list(PROSE)


COMPANY = (
    "For over twenty years, Acme has been the trusted source of turbines that run in rivers nobody else would put a wheel in.",
    "Our workshops build wheels, gates and rakes, and sell them through a network of partners in more than thirty countries.",
    "We work closely with towns and mills around the world to make machines that fit the river, and not the other way round.",
    "Our laboratory by the fall tests each wheel for three hundred hours, and writes a report that the buyer can read online.",
    "Seit mehr als zwanzig Jahren baut Acme Turbinen, die in Flüssen laufen, in die sonst niemand ein Rad hängen würde.",
    "Unsere Werkstätten bauen Räder, Tore und Rechen und verkaufen sie über ein Netz von Partnern in mehr als dreißig Ländern.",
    "Wir arbeiten mit Städten und Mühlen in der ganzen Welt an Maschinen, die zum Fluss passen, und nicht umgekehrt.",
)


def test_what_the_company_says_of_itself_on_all_pages_is_not_in_the_body_of_a_release_of_one_sentence() -> None:
    about = "".join(f"<li>{text}</li>" for text in COMPANY)
    template = SiteTemplate()
    for number in range(4):
        page = Page.from_html(
            f"""<title>Turbine {number} runs</title><a href=/>Home</a> <a href=/news/>News</a><div><ul>{about}</ul></div>
            <div><div><h1>Turbine {number} runs</h1><div>Acme has handed over turbine {number} of four.</div></div></div>
            <div>© 2026 Acme</div>""",
            f"{URL}-{number}",
        )
        template.observe(page)
    assert body(page, template) == ["Acme has handed over turbine 3 of four."]


@pytest.mark.parametrize("opening", ["<div role=dialog aria-hidden=true>", "<div class=cookie-consent>"])
def test_consent_dialog_that_the_template_has_on_no_other_page_is_not_in_the_body(opening: str) -> None:
    rows = "".join(
        f"<tr><td>acme_{name}</td><td>11 months</td><td>This cookie remembers whether the reader of the site has agreed to the "
        f"{use}, and stores nothing that could tell who the reader is.</td></tr>"
        for name, use in (("stats", "counting of visits"), ("video", "playing of films"), ("shop", "basket of the shop"))
    )
    table = f"<table><tr><th>Cookie</th><th>Duration</th><th>Description</th></tr>{rows}</table>"
    page = detail(after=f"{opening}<div><p>Privacy overview</p>{table}</div></div>")
    template = SiteTemplate()
    for each in (page, listing(*OTHER)):
        template.observe(each)
    assert body(page, template) == list(PROSE)


@pytest.mark.parametrize("names", ["id=usercentrics-root", "class='acme-cookiebanner'", "id=CybotCookiebotDialog", "id=klaro"])
@pytest.mark.parametrize("count", [1, 4])
def test_box_of_a_consent_tool_is_not_in_the_body_on_either_side_of_it(names: str, count: int) -> None:
    asked = (
        "This tool helps you to choose which trackers and services of others may be used while you read our pages.",
        "Essential services make the pages work and cannot be switched off; all others wait until you have agreed to them.",
    )
    box, text = f"<div {names}><div>{paragraphs(*asked)}</div></div>", paragraphs(*PROSE[:count])
    assert body(Page.from_html(f"<body>{MENU}{box}<div><h1>{HEADLINE}</h1>{text}</div></body>".encode(), URL)) == list(
        PROSE[:count]
    )
    assert body(Page.from_html(f"<body>{MENU}<div><h1>{HEADLINE}</h1>{text}</div>{box}</body>".encode(), URL)) == list(
        PROSE[:count]
    )


@pytest.mark.parametrize("html", ["", "<div><img src=a.png></div>", "<script>var text = 'Nothing to see';</script>"])
def test_page_without_text_has_no_region(html: str) -> None:
    assert find_region(Page.from_html(html, URL).layout) is None


def test_box_of_the_region_contains_the_body_but_not_the_whole_page() -> None:
    page = detail()
    region = find_region(page.layout, None, find_headline(page, read_structured_data(page)))
    assert region is not None
    assert region.box.tag in ("main", "div")
    assert all(region.box in block.box.ancestors() for block in region.blocks)
    assert (region.first, region.last) == (region.blocks[0].index, region.blocks[-1].index)


@pytest.mark.parametrize(
    ("html", "prose"),
    [
        (f"<p>{PROSE[0]}</p>", True),
        ("<p>It rained in Nordvik, all day long.</p>", True),
        (f"<p>{CHINESE[0]}</p>", True),
        ("<p>Press contact</p>", False),
        ("<p>It rained.</p>", False),
        (f"<p><a href=/a>{PROSE[0]}</a></p>", False),
    ],
)
def test_sentences_are_prose_and_labels_and_links_are_not(html: str, prose: bool) -> None:  # noqa: FBT001
    (block,) = Page.from_html(html, URL).layout.blocks
    assert is_prose(block) is prose


def test_refrain_between_the_lines_of_a_song_is_in_the_body() -> None:
    refrain = ("Row, row, row the boat", "Row the boat once more", "Row, row, row the boat", "Row the boat once more")
    verses = [
        "I know it took a long time, but now I am here by the water",
        "The hall is full of people, and all of them look at the river",
        "Yeah, I am so focused, everything else is behind the hill",
        "Tell me what it is going to take for you to see the fjord",
    ]
    song = [
        *verses,
        *refrain,
        *(f"{line} again" for line in verses),
        *refrain,
        "I know just what I want from the river, and you do",
    ]
    page = detail(f"<p>{'<br>'.join(song)}</p>")
    assert body(page) == song


def test_links_below_a_heading_of_related_articles_are_in_no_body() -> None:
    teasers = "".join(f"<li><a href='/n/{text[5:9]}'>{text[:40]}</a> {text}</li>" for text in OTHER)
    page = detail(f"{paragraphs(*PROSE)}<p>เรื่องที่เกี่ยวข้อง</p><ul>{teasers}</ul>")
    assert read(page).body.split("\n\n") == list(PROSE)


def test_links_below_a_heading_of_documents_stay_in_the_body() -> None:
    item = (
        "The works council writes in <a href='/report.pdf'>its report on the river</a> that the mills need new gears, and soon."
    )
    page = detail(f"{paragraphs(*PROSE[:2])}<h3>Related documents</h3><ul><li>{item}</li></ul>{paragraphs(*PROSE[2:])}")
    assert "The works council writes in its report" in read(page).body


def test_what_is_said_of_the_author_below_a_text_of_one_sentence_is_not_in_the_body() -> None:
    bio = "<h3>Written by Jane Aker</h3><p>Jane writes of rivers and of what people build on them, and did so in the flood.</p>"
    text = "<div class='post__body'><p>The yard is closed from six to eight.</p></div>"
    page = Page.from_html(
        f"<main><h1>Work on the yard on Monday</h1>{text}<div class='blog-author'>{bio}</div></main>", "https://acme.example/1"
    )
    assert body(page) == ["The yard is closed from six to eight."]


def test_quotation_between_two_paragraphs_is_in_the_body_unless_the_text_says_it() -> None:
    said = "The river has waited for us long enough, and so has everybody who lives near it."
    speaker = "<div class='testimonial-meta'>Ola Berg</div>"
    quote = f"<div class='widget'><div class='testimonial-wrapper'><div>{said}</div>{speaker}</div></div>"
    page = detail(paragraphs(*PROSE[:2]) + quote + paragraphs(*PROSE[2:]))
    assert body(page) == [*PROSE[:2], said, "Ola Berg", *PROSE[2:]]
