"""Reads a listing to its end in a browser: waits, scrolls and presses its buttons until no more links come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error

from corpnews.browser.controls import Chooser, Control
from corpnews.browser.document import put_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import JSHandle, Page

    from corpnews.browser.tab import Tab

SCRIPTS: Final = Path(__file__).parent / "scripts"
MOST_STEPS: Final = 1000
MOST_BYTES: Final = 32 * 1024 * 1024
MOST_BARREN: Final = 6  # successive steps that bring no link
TICK: Final = 0.1
# Seconds without a change after which a page has settled: after a change, before one, and after it was opened.
CHANGED, WAITING, OPENED = 0.2, 1.0, 1.5
LONGEST_SETTLING: Final = 15.0


@cache
def script(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that one page may take, seconds between two steps, and whether the run is being stopped."""

    seconds: float
    pause: float
    is_stopped: Callable[[], bool]


@dataclass
class Reading:
    """Reads one page; `html` is what it has shown so far."""

    page: Page
    tab: Tab
    limits: Limits
    whole: str = ""
    parts: list[str] = field(default_factory=list)
    chooser: Chooser = field(default_factory=Chooser)
    started: float = field(default_factory=monotonic)
    length: int = 0

    @property
    def html(self) -> str:
        return put_together(self.whole, self.parts)

    @property
    def is_over(self) -> bool:
        return monotonic() - self.started > self.limits.seconds or self.length > MOST_BYTES or self.limits.is_stopped()

    async def read(self) -> None:
        """Wait until the page has settled, then scroll and press controls. Raises Playwright's Error if the page crashes."""
        await self._settle(OPENED)
        seen = await self.page.evaluate_handle("new Set()")
        self.whole = await self.page.evaluate(script("whole"), seen)
        self.length = len(self.whole)
        try:
            await self._read_on(seen)
        except Error:  # what has come until the page crashed is kept
            return

    async def _read_on(self, seen: JSHandle) -> None:
        """Scroll while that brings links, then press controls; scroll again after the first control that brings some."""
        scrolls, has_pressed, barren = True, False, 0
        for _ in range(MOST_STEPS):
            before = await self.page.evaluate(script("links"))
            control = None if scrolls else await self._press()
            if scrolls:
                await self.page.evaluate(script("scroll"))
            elif control is None:
                return
            await asyncio.sleep(self.limits.pause)
            await self._settle(WAITING, before)
            brought = await self._take(seen)
            if control:
                self.chooser.pressed(control, brought=brought)
            barren = 0 if brought else barren + 1
            if self.is_over or barren > MOST_BARREN:
                return
            scrolls = (brought and not has_pressed) if control else brought
            has_pressed = has_pressed or (control is not None and brought)

    async def _press(self) -> Control | None:
        """Press the best control that is left; None if there is none."""
        found: list[dict[str, Any]] = await self.page.evaluate(script("controls"), [None, ""])
        control = self.chooser.choose([Control(**each) for each in found])
        if control:
            await self.page.evaluate(script("controls"), [control.index, control.text])
        return control

    async def _take(self, seen: JSHandle) -> bool:
        """Keep the part of the page with new links; returns whether there are any."""
        count, part = await self.page.evaluate(script("added"), seen)
        if count:
            self.parts.append(part)
            self.length += len(part)
        return bool(count)

    async def _settle(self, quiet: float, before: int | None = None) -> None:
        """Wait until the links do not change and no request is open; less long if they differ from `before` already."""
        state, since, start = None, monotonic(), monotonic()
        while monotonic() - start < LONGEST_SETTLING and not self.is_over:
            now: int = await self.page.evaluate(script("links"))
            if now != state or self.tab.is_busy:
                state, since = now, monotonic()
            elif monotonic() - since >= (CHANGED if before not in (None, now) else quiet):
                return
            await asyncio.sleep(TICK)
