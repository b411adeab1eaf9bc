"""PDFs of invented releases, set in lines as a text processor sets them; and PDFs written by hand, to be hostile."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN = 72.0
SANS, BOLD = "Helvetica", "Helvetica-Bold"

TITLE = "Acme builds a turbine plant in the north"
# Sentences from which releases are made, so that no two paragraphs are alike.
OPENERS = (
    "Acme said on Monday that it will build a plant for water turbines in town number {n}, where four hundred will find work.",
    "The town council of place number {n} agreed to the construction after considerable talks about transportation and noise.",
    "“We have waited {n} years for this,” said the head of the works council, who laid the first stone.",
)
MIDDLES = (
    "The first turbines are to leave the hall in the spring after next; until then they are made in two old workshops.",
    "Independent environmental organisations investigated the neighbourhood and recommended extraordinary precautions.",
    "The responsible administration published comprehensive documentation concerning the hydroelectric installation.",
)


def prose(number: int, sentences: int = 4) -> str:
    """Paragraph `number` of a release."""
    first = OPENERS[number % 3].format(n=number)
    return " ".join((first, *(MIDDLES[(number + at) % 3] for at in range(sentences - 1)), f"That makes {number} in all."))


def hyphenated(word: str) -> tuple[str, str] | None:
    """A long word in two parts at a vowel near its middle."""
    letters = word.rstrip(".,;")
    at = next((at for at in range(len(letters) // 2, len(letters) - 3) if letters[at] in "aeiou"), 0)
    return (f"{word[: at + 1]}-", word[at + 1 :]) if len(letters) >= 10 and letters.isalpha() and at else None


def wrapped(
    text: str, width: float, font: str = SANS, size: float = 11, *, hyphenate: bool = False, indent: float = 0
) -> list[str]:
    """The text in lines of at most `width`, the first shorter by `indent`."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest, room = word, width if lines else width - indent
        if line and stringWidth(f"{line} {word}", font, size) > room:
            parts = hyphenated(word) if hyphenate else None
            if parts and stringWidth(f"{line} {parts[0]}", font, size) <= room:
                line, rest = f"{line} {parts[0]}", parts[1]
            lines.append(line)
            line = ""
        line = f"{line} {rest}".strip()
    return [*lines, line]


@dataclass
class Press:
    """Sets paragraphs line by line down the page, from page to page."""

    header: str = ""
    footer: str = ""
    columns: int = 1
    gutter: float = 24
    hyphenate: bool = False
    gap: float = 8
    indent: float = 0
    y: float = HEIGHT - MARGIN
    page: int = 1
    column: int = 0
    top: float = HEIGHT - MARGIN
    out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.out, pagesize=A4)

    @property
    def width(self) -> float:
        return (WIDTH - 2 * MARGIN - self.gutter * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        return MARGIN + self.column * (self.width + self.gutter)

    def line(self, text: str, font: str = SANS, size: float = 11, *, leading: float = 1.25, shift: float = 0) -> None:
        if self.y < MARGIN + 10:
            self.next_column()
        self.y -= leading * size
        self.canvas.setFont(font, size)
        self.canvas.drawString(self.left + shift, self.y, text)

    def next_column(self) -> None:
        self.column += 1
        if self.column == self.columns:
            self.next_page()
        self.y = self.top

    def next_page(self) -> None:
        self.canvas.setFont(SANS, 8)
        self.canvas.drawString(MARGIN, HEIGHT - 40, self.header)
        self.canvas.drawString(MARGIN, 36, self.footer.format(page=self.page))
        self.canvas.showPage()
        self.page += 1
        self.column, self.y, self.top = 0, HEIGHT - MARGIN, HEIGHT - MARGIN

    def text(self, text: str, font: str = SANS, size: float = 11) -> None:
        lines = wrapped(text, self.width, font, size, hyphenate=self.hyphenate, indent=self.indent)
        for at, line in enumerate(lines):
            self.line(line, font, size, shift=0 if at else self.indent)
        self.y -= self.gap

    def title(self, text: str = TITLE) -> None:
        """A title across all columns."""
        for line in wrapped(text, WIDTH - 2 * MARGIN, BOLD, 20):
            self.line(line, BOLD, 20)
        self.y -= 14
        self.top = self.y

    def heading(self, text: str, size: float = 14) -> None:
        self.y -= 6
        self.line(text, BOLD, size)
        self.y -= 4

    def item(self, text: str) -> None:
        for at, line in enumerate(wrapped(text, self.width - 18)):
            self.line(line, shift=18)
            if not at:
                self.canvas.drawString(self.left + 4, self.y, "\u2022")
        self.y -= 3

    def row(self, *cells: str) -> None:
        self.line(cells[0])
        for at, cell in enumerate(cells[1:]):
            self.canvas.drawRightString(self.left + 200 + 80 * at, self.y, cell)

    def done(self) -> bytes:
        self.next_page()
        self.canvas.save()
        return self.out.getvalue()


def release(count: int = 3, press: Press | None = None) -> bytes:
    """A release of a title and `count` paragraphs."""
    press = press or Press()
    press.title()
    for number in range(count):
        press.text(prose(number))
    return press.done()


def book(pages: int) -> bytes:
    """A PDF of so many pages and a last one without text, each with a paragraph of its own."""
    press = Press()
    for number in range(pages):
        name = "".join("abcdefghij"[int(digit)] for digit in str(number))
        press.text(
            f"A plant is built in the valley of {name}, and a bridge to it, and a road, "
            f"where {name} is a town that has waited for both of them."
        )
        press.next_page()
    return press.done()


def by_hand(*objects: bytes, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, places = b"%%PDF-%b\n" % version, []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, trailer, len(out),
    )  # fmt: skip


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)
