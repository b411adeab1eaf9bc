"""Launches Chromium: the one that Playwright installed, or the system's."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error
from scrapy_playwright.provider import PlaywrightBrowserProvider  # type: ignore[import-untyped]

from corpnews.browser.render_request import RenderingError

if TYPE_CHECKING:
    from playwright.async_api import Browser
    from scrapy_playwright.handler import Config  # type: ignore[import-untyped]

_CHROMIUM_COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MISSING_EXECUTABLE: Final = "Executable doesn't exist"  # Playwright's message if it has installed no browser
_CHROMIUM_HINT: Final = "needs Chromium: run `playwright install chromium`, or install the system's (apt install chromium)"
_CHROMIUM_ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)


class ChromiumProvider(PlaywrightBrowserProvider):  # type: ignore[misc] # scrapy-playwright has no types
    """Launches Playwright's Chromium, or the system's if there is none. PLAYWRIGHT_LAUNCH_OPTIONS override our options."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        # Chromium does not start as root within its sandbox
        options = {"chromium_sandbox": os.geteuid() != 0, "args": list(_CHROMIUM_ARGUMENTS), "timeout": 60_000}
        options |= dict.fromkeys(
            ("handle_sigint", "handle_sigterm", "handle_sighup"), False
        )  # Scrapy handles signals and closes the browser
        self.options: dict[str, Any] = {**options, **config.launch_options}

    async def launch_browser(self) -> Browser:
        try:
            return await self._launch()
        except Error as error:
            if _MISSING_EXECUTABLE not in error.message:
                raise
        found = next(filter(None, map(shutil.which, _CHROMIUM_COMMANDS)), None)
        if found is None:
            raise RenderingError(_CHROMIUM_HINT)
        return await self._launch(executable_path=found)

    async def _launch(self, **where: str) -> Browser:
        browser: Browser = await self.browser_type.launch(**{**self.options, **where})
        return browser
