"""The site of a newsroom, in memory: what it answers to a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class SiteAnswer:
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def build_key(path_and_query: str) -> str:
    """Spell a path with its query such that equal ones are equal: unescaped, the parameters in order, no trackers."""
    parts = urlsplit(path_and_query)
    pairs = (pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith("utm_"))
    query = "&".join(f"{name}={value}" for name, value in sorted(pairs))
    return f"{unquote(parts.path) or '/'}?{query}"


@dataclass
class GeneratedSite:
    """Answers by path and query, and forms by path: the fields that they look at and the answer for each value."""

    host: str
    ignores_unknown_queries: bool = True
    answers: dict[str, SiteAnswer] = field(default_factory=dict)
    forms: dict[str, dict[tuple[str, str], SiteAnswer]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @property
    def other_host(self) -> str:
        """Another host of the company, which answers as well."""
        return self.host.replace("www.", "stories.", 1)

    def locate(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.url}{path}"

    def add(self, path: str, answer: SiteAnswer | str) -> None:
        self.answers[build_key(path)] = answer if isinstance(answer, SiteAnswer) else SiteAnswer(answer.encode())

    def add_form(self, path: str, name: str, value: str, answer: SiteAnswer | str) -> None:
        """Add what a POST to `path` with that field brings."""
        form = self.forms.setdefault(build_key(path), {})
        form[name, value] = answer if isinstance(answer, SiteAnswer) else SiteAnswer(answer.encode())

    def respond(self, url: str, form: str | None = None) -> SiteAnswer:
        """Answer a request for `url`, a POST of `form` if that is given."""
        parts = urlsplit(url)
        if parts.hostname and parts.hostname not in (self.host, self.host.removeprefix("www."), self.other_host):
            return SiteAnswer(b"", "text/plain", 502)
        key = build_key(f"{parts.path}?{parts.query}")
        if form is not None:
            fields = self.forms.get(key, {})
            found = [fields[pair] for pair in parse_qsl(form, keep_blank_values=True) if pair in fields]
            return found[0] if found else self.respond(url)
        for each in (key, key.replace("/?", "?", 1), key.replace("?", "/?", 1)):
            if each in self.answers:
                return self.answers[each]
        path_only = self.answers.get(build_key(parts.path))
        if path_only is not None and self.ignores_unknown_queries:
            return path_only
        return SiteAnswer(b"<h1>404</h1><p>Page not found.</p>", status=404)
