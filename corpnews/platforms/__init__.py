"""Discovery sources that only the newsrooms of one vendor have, one file for each vendor."""

from corpnews.discovery.way import Way
from corpnews.platforms.aem import Aem
from corpnews.platforms.drupal import DrupalNodes, DrupalViews
from corpnews.platforms.equisolve import Equisolve
from corpnews.platforms.hanweb import Hanweb
from corpnews.platforms.investis import Investis
from corpnews.platforms.investorroom import InvestorRoom
from corpnews.platforms.jsp_list import JspList
from corpnews.platforms.mynewsdesk import Mynewsdesk
from corpnews.platforms.notified import Notified
from corpnews.platforms.prezly import Prezly
from corpnews.platforms.q4 import Q4
from corpnews.platforms.trs import Trs
from corpnews.platforms.vsb import Vsb
from corpnews.platforms.webplus import Webplus
from corpnews.platforms.wordpress import WordPress

# In the order of queries: first the sources that deliver the text of the articles.
PLATFORMS: tuple[Way, ...] = (
    Q4(),
    WordPress(),
    Prezly(),
    Aem(),
    Notified(),
    InvestorRoom(),
    Equisolve(),
    Investis(),
    Mynewsdesk(),
    DrupalNodes(),
    DrupalViews(),
    Hanweb(),
    Trs(),
    Vsb(),
    Webplus(),
    JspList(),
)

__all__ = ["PLATFORMS"]
