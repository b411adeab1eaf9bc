"""A notice by e-mail. Spidermon's own goes through scrapy.mail, which is deprecated, and is not waited for at a run's end."""

from __future__ import annotations

from smtplib import SMTP, SMTP_SSL
from typing import TYPE_CHECKING, Any

from spidermon.contrib.actions.email import SendEmail
from spidermon.exceptions import NotConfigured

if TYPE_CHECKING:
    from email.message import Message

    from scrapy.crawler import Crawler

_SMTP_TIMEOUT = 60  # seconds


class EmailNotifier(SendEmail):  # type: ignore[misc]  # spidermon has no types
    """Understands Spidermon's settings, those that start with SPIDERMON_EMAIL_ and SPIDERMON_SMTP_."""

    body_html_template = None

    def __init__(self, host: str, port: int, user: str, password: str, security: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not host:
            message = "You must provide a value for SPIDERMON_SMTP_HOST setting."
            raise NotConfigured(message)
        self.host, self.port, self.user, self.password, self.security = host, port, user, password, security

    @classmethod
    def from_crawler_kwargs(cls, crawler: Crawler) -> dict[str, Any]:
        settings = crawler.settings
        ssl, tls = settings.getbool("SPIDERMON_SMTP_ENFORCE_SSL"), settings.getbool("SPIDERMON_SMTP_ENFORCE_TLS")
        return {
            **super().from_crawler_kwargs(crawler),
            "host": settings.get("SPIDERMON_SMTP_HOST", ""),
            "port": settings.getint("SPIDERMON_SMTP_PORT"),
            "user": settings.get("SPIDERMON_SMTP_USER", ""),
            "password": settings.get("SPIDERMON_SMTP_PASSWORD", ""),
            "security": "ssl" if ssl else "tls" if tls else "",
        }

    def send_message(self, message: Message) -> None:
        recipients = [*self.to, *(self.cc or ()), *(self.bcc or ())]
        with (SMTP_SSL if self.security == "ssl" else SMTP)(self.host, self.port, timeout=_SMTP_TIMEOUT) as server:
            if self.security == "tls":
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message, self.sender, recipients)
