"""Reads a listing to its end in a browser: waits, scrolls and presses its buttons until no more links come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error

from corpnews.browser.assemble_page import append_parts
from corpnews.browser.controls import Control, ControlChooser

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import JSHandle, Page

    from corpnews.browser.tab import GuardedTab

_SCRIPTS_FOLDER: Final = Path(__file__).parent / "scripts"
_MAX_STEPS: Final = 1000
_MAX_RENDERED_BYTES: Final = 32 * 1024 * 1024
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
    """Reads one page; `html` is what it has shown so far."""

    page: Page
    tab: GuardedTab
    limits: RenderLimits
    whole: str = ""
    parts: list[str] = field(default_factory=list)
    chooser: ControlChooser = field(default_factory=ControlChooser)
    started: float = field(default_factory=monotonic)
    length: int = 0

    @property
    def html(self) -> str:
        return append_parts(self.whole, self.parts)

    @property
    def is_time_over(self) -> bool:
        return monotonic() - self.started > self.limits.seconds or self.length > _MAX_RENDERED_BYTES or self.limits.is_stopped()

    async def read(self) -> None:
        """Wait until the page has settled, then scroll and press controls. Raises Playwright's Error if the page crashes."""
        await self._settle(_QUIET_AFTER_OPENING)
        seen = await self.page.evaluate_handle("new Set()")
        self.whole = await self.page.evaluate(_load_script("whole"), seen)
        self.length = len(self.whole)
        try:
            await self._read_on(seen)
        except Error:  # what has come until the page crashed is kept
            return

    async def _read_on(self, seen: JSHandle) -> None:
        """Scroll while that brings links, then press controls; scroll again after the first control that brings some."""
        scrolls, has_pressed, barren = True, False, 0
        for _ in range(_MAX_STEPS):
            before = await self.page.evaluate(_load_script("links"))
            control = None if scrolls else await self._press()
            if scrolls:
                await self.page.evaluate(_load_script("scroll"))
            elif control is None:
                return
            await asyncio.sleep(self.limits.pause)
            await self._settle(_QUIET_WITHOUT_CHANGE, before)
            brought = await self._take(seen)
            if control:
                self.chooser.mark_pressed(control, brought=brought)
            barren = 0 if brought else barren + 1
            if self.is_time_over or barren > _MAX_EMPTY_STEPS:
                return
            scrolls = (brought and not has_pressed) if control else brought
            has_pressed = has_pressed or (control is not None and brought)

    async def _press(self) -> Control | None:
        """Press the best control that is left; None if there is none."""
        found: list[dict[str, Any]] = await self.page.evaluate(_load_script("controls"), [None, ""])
        control = self.chooser.choose([Control(**each) for each in found])
        if control:
            await self.page.evaluate(_load_script("controls"), [control.index, control.text])
        return control

    async def _take(self, seen: JSHandle) -> bool:
        """Keep the part of the page with new links; returns whether there are any."""
        count, part = await self.page.evaluate(_load_script("added"), seen)
        if count:
            self.parts.append(part)
            self.length += len(part)
        return bool(count)

    async def _settle(self, quiet: float, before: int | None = None) -> None:
        """Wait until the links do not change and no request is open; less long if they differ from `before` already."""
        state, since, start = None, monotonic(), monotonic()
        while monotonic() - start < _MAX_SETTLE_TIME and not self.is_time_over:
            now: int = await self.page.evaluate(_load_script("links"))
            if now != state or self.tab.is_busy:
                state, since = now, monotonic()
            elif monotonic() - since >= (_QUIET_AFTER_CHANGE if before not in (None, now) else quiet):
                return
            await asyncio.sleep(_POLL_INTERVAL)
