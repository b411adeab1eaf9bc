"""Reads a listing to its end in a browser: waits, scrolls and presses its controls until no more links come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import html as lxml_html
from playwright.async_api import Error

from corpnews.browser.controls import Control, ControlChooser
from corpnews.page.page import parse_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element
    from playwright.async_api import JSHandle, Page

    from corpnews.browser.tab import GuardedTab

_SCRIPTS_FOLDER: Final = Path(__file__).parent / "scripts"
_MAX_STEPS: Final = 1000
_MAX_RENDERED_LENGTH: Final = 32 * 1024 * 1024  # characters of HTML
_MAX_EMPTY_STEPS: Final = 6  # successive steps that bring no link
_POLL_INTERVAL: Final = 0.1
# Seconds without a change after which a page has settled: after a change, before one, and after it was opened.
_QUIET_AFTER_CHANGE, _QUIET_WITHOUT_CHANGE, _QUIET_AFTER_OPENING = 0.2, 1.0, 1.5
_MAX_SETTLE_TIME: Final = 15.0


@cache
def _load_script(name: str) -> str:
    return (_SCRIPTS_FOLDER / f"{name}.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """Seconds that one page may take, seconds between two steps, and whether the run is being stopped."""

    seconds: float
    pause: float
    is_stopped: Callable[[], bool]


@dataclass
class RenderedPageReader:
    """Reads one page; `html` is what it has shown so far.

    `first` is the page as it was opened, `parts` are the parts with new links since then.
    """

    page: Page
    tab: GuardedTab
    limits: RenderLimits
    first: str = ""
    parts: list[str] = field(default_factory=list)
    chooser: ControlChooser = field(default_factory=ControlChooser)
    started: float = field(default_factory=monotonic)

    @property
    def html(self) -> str:
        return append_parts(self.first, self.parts)

    @property
    def is_over(self) -> bool:
        length = len(self.first) + sum(map(len, self.parts))
        return monotonic() - self.started > self.limits.seconds or length > _MAX_RENDERED_LENGTH or self.limits.is_stopped()

    async def read(self) -> None:
        """Wait until the page has settled, then scroll and press controls. Raises Playwright's Error if the page crashes."""
        await self._settle(_QUIET_AFTER_OPENING)
        seen = await self.page.evaluate_handle("new Set()")
        self.first = await self._run("whole", seen)
        try:
            await self._load_all(seen)
        except Error:  # the parts read before the page crashed are kept
            return

    async def _load_all(self, seen: JSHandle) -> None:
        """Scroll while that brings links, then press controls; scroll again after the first control that brings some."""
        scrolls, has_pressed, empty_steps = True, False, 0
        for _ in range(_MAX_STEPS):
            before = await self._run("links")
            control = None if scrolls else await self._press()
            if scrolls:
                await self._run("scroll")
            elif control is None:
                return
            await asyncio.sleep(self.limits.pause)
            await self._settle(_QUIET_WITHOUT_CHANGE, before)
            has_new_links = await self._keep_new_part(seen)
            if control:
                self.chooser.mark_pressed(control, has_new_links=has_new_links)
            empty_steps = 0 if has_new_links else empty_steps + 1
            if self.is_over or empty_steps > _MAX_EMPTY_STEPS:
                return
            scrolls = (has_new_links and not has_pressed) if control else has_new_links
            has_pressed = has_pressed or (control is not None and has_new_links)

    async def _press(self) -> Control | None:
        """Press the best control that is left; None if there is none."""
        found: list[dict[str, Any]] = await self._run("controls", [None, ""])
        control = self.chooser.choose([Control(**each) for each in found])
        if control:
            await self._run("controls", [control.index, control.text])
        return control

    async def _keep_new_part(self, seen: JSHandle) -> bool:
        """Keep the part of the page with new links; returns whether there are any."""
        count, part = await self._run("added", seen)
        if count:
            self.parts.append(part)
        return bool(count)

    async def _settle(self, quiet: float, before: int | None = None) -> None:
        """Wait until the links do not change and no request is open; less long if they differ from `before` already."""
        state, since, start = None, monotonic(), monotonic()
        while monotonic() - start < _MAX_SETTLE_TIME and not self.is_over:
            now: int = await self._run("links")
            if now != state or self.tab.is_busy:
                state, since = now, monotonic()
            elif monotonic() - since >= (_QUIET_AFTER_CHANGE if before not in (None, now) else quiet):
                return
            await asyncio.sleep(_POLL_INTERVAL)

    async def _run(self, script: str, argument: object = None) -> Any:
        return await self.page.evaluate(_load_script(script), argument)


def append_parts(page: str, parts: Iterable[str]) -> str:
    """The page with each part inserted after the last element of the same tag, class and id; other parts go to the end.

    >>> append_parts('<html><body><ul class="a"><li>1</li></ul><p>x</p></body></html>', ['<li>2</li>'])
    '<html><body><ul class="a"><li>1</li><li>2</li></ul><p>x</p></body></html>'
    """
    root = parse_html(page.encode())
    body = root.find("body")
    parent = root if body is None else body
    last = {_get_signature(element): element for element in parent.iter("*")}
    for element in (element for part in parts for element in _parse_part(part)):
        similar = last.get(_get_signature(element))
        if similar is None:
            parent.append(element)
        else:
            element.tail, similar.tail = similar.tail, None
            similar.addnext(element)
        last.update((_get_signature(each), each) for each in element.iter("*"))
    return lxml_html.tostring(cast("lxml_html.HtmlElement", root), encoding="unicode")


def _parse_part(part: str) -> list[_Element]:
    """The top-level elements of a part: serialised nested links, which HTML does not allow, are parsed as several."""
    body = parse_html(f"<html><body>{part}</body></html>".encode()).find("body")
    elements = [] if body is None else list(body.iterchildren("*"))
    for element in elements:
        element.tail = None
    return elements


def _get_signature(element: _Element) -> tuple[str, str, str]:
    return str(element.tag), element.get("class") or "", element.get("id") or ""
