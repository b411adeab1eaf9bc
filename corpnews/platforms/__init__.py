"""What the newsrooms of one vendor share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.platforms.aem import Aem
from corpnews.platforms.drupal import DrupalNodes, DrupalViews
from corpnews.platforms.mynewsdesk import Mynewsdesk
from corpnews.platforms.prezly import Prezly
from corpnews.platforms.q4 import Q4
from corpnews.platforms.wordpress import WordPress

if TYPE_CHECKING:
    from corpnews.discovery.way import Way

# In the order in which they are tried: first those that bring the text along.
PLATFORMS: Final[tuple[Way, ...]] = (
    Q4(),
    WordPress(),
    Prezly(),
    Aem(),
    Mynewsdesk(),
    DrupalNodes(),
    DrupalViews(),
)
