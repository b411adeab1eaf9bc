"""What the newsrooms of one vendor share."""

from corpnews.discovery.way import Way
from corpnews.platforms.equisolve import Equisolve
from corpnews.platforms.hanweb import Hanweb
from corpnews.platforms.investis import Investis
from corpnews.platforms.investorroom import InvestorRoom
from corpnews.platforms.jsp_list import JspList
from corpnews.platforms.notified import Notified
from corpnews.platforms.trs import Trs
from corpnews.platforms.vsb import Vsb
from corpnews.platforms.webplus import Webplus

PLATFORMS: tuple[Way, ...] = (
    Notified(),
    InvestorRoom(),
    Equisolve(),
    Investis(),
    Hanweb(),
    Trs(),
    Vsb(),
    Webplus(),
    JspList(),
)

__all__ = ["PLATFORMS"]
