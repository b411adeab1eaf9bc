"""Newsrooms whose releases come in series: notices, calls and reports that repeat one another but for dates and figures.

`build_newsroom(seed)` invents one: its company, the frame of its pages, its series, and for each release the page and the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

COMPANIES = (
    "Halden Iron,Brisk Ferries,Moorland Dairy,Ostra Grid,Pellmar Foods,Quill Paper,Tarn Water,Umber Clay,Vesper Rail,Wold Wind"
)
PLACES = "Aldby,Brennick,Corvale,Dunmere,Eskby,Fallow,Garth,Hexby,Inver,Jarrow,Kelby,Lund,Marske,Norby,Otley,Penrow".split(",")
MONTHS = "January February March April May June July August September October November December".split()
THINGS = "turbine,ferry,dairy,substation,mill,kiln,depot,reservoir,harbour,warehouse,laboratory,workshop,signal box,pump".split(
    ","
)
PEOPLE = "Ada Lindqvist,Bram Osei,Carla Whitcombe,Dev Raman,Elsa Munro,Farid Haddad,Greta Olsen,Hugo Marchetti".split(",")
SENTENCES = (
    "{company} has opened a {thing} in {place}, which took {n} months to build and cost {m} million euros.",
    "“{place} has waited {n} years for this {thing},” said {person}, who leads the works council.",
    "The {thing} will give work to {n} people, most of whom live less than {m} kilometres from {place}.",
    "In the first {n} weeks of the year, {m} customers in {place} asked for a second {thing}.",
    "{person} has been put in charge of the {thing} and will report to the board every {n} days.",
    "A survey among {n} residents of {place} found that {m} per cent of them want the {thing} to stay.",
    "Engineers from {place} replaced {n} parts of the {thing} during the night, and trains were running at {m} past five.",
    "The contract with the town of {place} covers {n} years and includes the upkeep of the {thing}.",
    "Before the {thing} was moved to {place}, it had been in storage for {n} winters.",
    "According to {person}, orders for the {thing} rose by {n} per cent, while costs fell by {m} per cent.",
    "The council of {place} voted {n} to {m} in favour of the new {thing} after a long debate.",
    "Schools in {place} may visit the {thing} on {n} days in spring; places are given out by lot.",
)
TITLES = ("{company} opens {thing} in {place}", "New {thing} for {place}", "{place}: {thing} {n} is running")
SHARED = (
    "The company thanks all its partners, who have made this result possible through years of patient work.",
    "Shareholders are asked to read the notice together with the circular that was sent to them earlier.",
    "The Board confirms that all directors have exercised due care in preparing this announcement.",
    "All figures are preliminary and have not been audited; the final report follows at the end of the quarter.",
    "The offer is open to firms that have completed at least three projects of a similar size and nature.",
    "Bidders may collect the documents at the head office between nine in the morning and four in the afternoon.",
    "Visitors are kindly asked to come on foot or by bicycle, as there is no room for cars near the gate.",
    "Deliveries to hospitals and schools are not affected and continue as they were agreed before.",
    "The works council and the management have agreed on the plan after talks that lasted into the night.",
    "Money from the sale goes to the pension fund, as the members decided at their last general meeting.",
    "Anyone who notices a fault can call the control room, which answers by day and by night.",
    "Nothing changes for existing customers, whose contracts are carried on without a new signature.",
)
# The whole text of a release; "here" and lines without a full stop are links.
STUBS = (
    "Please click here to read this press release as a PDF.",
    "See attached notice.",
    "Read more (PDF)",
    "The full text is here.",
    "Details are in the circular that was sent to shareholders.",
    "詳細は添付資料をご覧ください。",
    "Weitere Informationen finden Sie hier.",
    "Download the announcement",
)
BOILERPLATE = (
    "We make the things that a region needs every day, and we have done so for more than a hundred years.",
    "Our newsletter tells you once a month what is new at the company, and you can cancel it whenever you like.",
    "We use cookies so that this site works as you expect; you can change your choice at any time in the settings.",
    "Follow us on all channels so that you never miss a story from our plants, our people and our laboratories.",
    "Discover how our solutions help customers in thirty countries to save energy, time and money every single day.",
)


@dataclass(slots=True)
class SeriesRelease:
    """A release: its page, and the paragraphs that are its body."""

    url: str
    title: str
    html: str
    body: list[str]


@dataclass(slots=True)
class SeriesNewsroom:
    """A newsroom with its listing page and releases."""

    site: str
    listing_url: str
    listing: str
    releases: list[SeriesRelease] = field(default_factory=list)


@dataclass(slots=True)
class _Writer:
    """Writes releases of one company. Each kind of release returns its title and its blocks: HTML and text."""

    random: Random
    company: str
    number: int = 0
    stub_number: int = 0

    def fill(self, text: str) -> str:
        choose = self.random.choice
        return text.format(
            company=self.company,
            thing=choose(THINGS),
            place=choose(PLACES),
            person=choose(PEOPLE),
            n=self.random.randrange(3, 95),
            m=self.random.randrange(2, 99),
        )

    def title(self) -> str:
        return self.fill(
            self.random.choice(
                ("{company} opens {thing} in {place}", "New {thing} for {place}", "{place}: {thing} {n} is running")
            )
        )

    def when(self) -> str:
        return f"{1 + self.number % 28} {MONTHS[self.number % 12]} {2015 + self.number // 12 % 10}"

    def news(self) -> tuple[str, list[str]]:
        return self.title(), [self.fill(text) for text in self.random.sample(SENTENCES, self.random.randrange(3, 8))]

    def half_shared(self) -> tuple[str, list[str]]:
        count = self.random.randrange(2, 6)
        texts = [self.fill(text) for text in self.random.sample(SENTENCES, count)] + self.random.sample(SHARED, count)
        self.random.shuffle(texts)
        return self.title(), texts

    def notice(self) -> tuple[str, list[str]]:
        month, end = self.when(), f"{self.random.randrange(1, 29)} {MONTHS[self.number % 12]}"
        return f"Notice of the board meeting of {month}", [
            f"{self.company} hereby announces that a meeting of the board will be held on {month}.",
            SHARED[1],
            f"The board will consider the results of the period that ended on {end}.",
            SHARED[2],
            "By order of the board",
        ]

    def call(self) -> tuple[str, list[str]]:
        place, lot = self.random.choice(PLACES), self.random.randrange(100, 999)
        return f"Call for tenders {lot}: {place}", [
            SHARED[4],
            f"Lot {lot} is a {self.random.choice(THINGS)} in {place}.",
            SHARED[5],
            f"Offers must have come by {self.when()}.",
            SHARED[3],
        ]

    def stub(self) -> tuple[str, list[str]]:
        return f"{self.company} publishes its results of {self.when()}", [STUBS[self.stub_number]]

    def table(self) -> tuple[str, list[str]]:
        rows = [f"{name} | {self.random.randrange(100, 9999)} | {self.random.randrange(100, 9999)}" for name in THINGS[:6]]
        return f"Production in {self.when()}", [SHARED[3], "Product | This month | Last month", *rows, SHARED[0]]


KINDS: tuple[Callable[[_Writer], tuple[str, list[str]]], ...] = (
    _Writer.news,
    _Writer.half_shared,
    _Writer.notice,
    _Writer.call,
    _Writer.stub,
    _Writer.table,
)


def _render_body(texts: list[str], style: int) -> str:
    """The blocks as paragraphs, as boxes, or as lines of one box; rows with bars as a table."""
    pieces: list[str] = []
    for text in texts:
        if " | " in text:
            row = "".join(f"<td>{cell}</td>" for cell in text.split(" | "))
            if pieces and pieces[-1].endswith("</table>"):
                pieces[-1] = pieces[-1].removesuffix("</table>") + f"<tr>{row}</tr></table>"
            else:
                pieces.append(f"<table><tr>{row}</tr></table>")
        elif text in STUBS:
            label = next((word for word in ("here", "hier") if f" {word}" in text), text if text[-1] not in ".。" else "")
            link = f"<a href='/files/release.pdf'>{label}</a>"
            pieces.append(f"<p>{text.replace(label, link) if label else text}</p>")
        else:
            pieces.append((f"<p>{text}</p>", f"<div>{text}</div>", f"{text}<br><br>")[style])
    return "\n".join(pieces)


@dataclass(slots=True)
class _Frame:
    """The frame of a newsroom's pages, chosen once."""

    random: Random
    company: str
    has_classes: bool = field(init=False)
    style: int = field(init=False)
    menu: str = field(init=False)
    above: str = field(init=False)
    below: str = field(init=False)
    inside: str = field(init=False)
    aside: str = field(init=False)

    def __post_init__(self) -> None:
        choose = self.random.choice
        self.has_classes, self.style = self.random.random() < 0.6, self.random.randrange(3)
        labels = self.random.sample(THINGS, 6)
        prose = self.random.sample(BOILERPLATE, 4)
        self.menu = "".join(f"<li><a href='/{label}/'>{label.title()}</a></li>" for label in labels)
        self.above = choose(("", f"<div class='megamenu__info'><p>{prose[0]}</p></div>"))
        self.below = choose(("", f"<p>{prose[1]}</p>", f"<div class='newsletter'><h3>Newsletter</h3><p>{prose[1]}</p></div>"))
        self.inside = choose(("", f"<div class='channels'><p>{prose[2]}</p></div>"))
        self.aside = choose(("", f"<aside><h4>The company</h4><p>{prose[3]}</p></aside>"))

    def render(self, title: str, body: str, when: str, others: list[tuple[str, str]]) -> str:
        names = ("news-detail", "news-detail__text") if self.has_classes else ("", "")
        related = "".join(f"<li><a href='{url}'>{other}</a></li>" for url, other in others)
        box = (f" class='{name}'" if name else "" for name in names)
        outer, inner = box
        return f"""<!doctype html><html lang="en"><head><title>{title} | {self.company}</title></head><body>
<div id="top"><a href="/">{self.company}</a><ul>{self.menu}</ul></div>{self.above}
<div{outer}><h1>{title}</h1><span>{when}</span>
<div{inner}>{body}{self.inside}</div>{self.below}</div>{self.aside}
<div id="more"><h3>More news</h3><ul>{related}</ul></div>
<div id="bottom"><p>{self.company} plc, 1 Quay Street, {PLACES[0]}</p>
<p>© 2026 {self.company}. All rights reserved.</p></div></body></html>"""


def build_newsroom(seed: int, count: int = 24, kinds: tuple[int, ...] = ()) -> SeriesNewsroom:
    """Return a newsroom of `count` releases of the given kinds (numbers in KINDS), or of kinds by chance."""
    random = Random(seed)
    company = random.choice(COMPANIES.split(","))
    site = f"https://{company.split()[0].lower()}{seed}.example"
    frame, writer = _Frame(random, company), _Writer(random, company)
    writer.stub_number = seed % len(STUBS)
    chosen = [KINDS[kind] for kind in kinds] or random.sample(KINDS, random.randrange(1, 4))
    drafts = []
    for number in range(count):
        writer.number = number
        title, texts = random.choice(chosen)(writer)
        drafts.append((f"{site}/news/{number}-{'-'.join(title.lower().split()[:4])}", title, texts, writer.when()))
    links = [(url, title) for url, title, _, _ in drafts]
    items = "".join(f"<li><span>{when}</span> <a href='{url}'>{title}</a></li>" for url, title, _, when in drafts)
    newsroom = SeriesNewsroom(site, f"{site}/news/", frame.render("News", f"<ul>{items}</ul>", "", []))
    for url, title, texts, when in drafts:
        others = [link for link in random.sample(links, min(4, count)) if link[0] != url]
        html = frame.render(title, _render_body(texts, frame.style), when, others)
        newsroom.releases.append(SeriesRelease(url, title, html, texts))
    return newsroom
