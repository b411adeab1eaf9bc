from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from itemadapter import ItemAdapter

from corpnews.items import Article
from tests.pages import PROSE, detail, paragraphs, read

END = "<h3>About Acme</h3><p>Acme builds turbines.</p><h3>Press contact</h3><p>Jane Aker, press@acme.example</p>"


@pytest.fixture
def article() -> Article:
    return read(detail(paragraphs(*PROSE) + END, head="<meta property='article:published_time' content='2024-05-03T08:00:00Z'>"))


def test_pipeline_of_a_user_sets_a_field_through_the_item_adapter(article: Article) -> None:
    item = ItemAdapter(article)
    item["section"] = "Energy"
    assert article.section == "Energy"
    with pytest.raises(KeyError):
        item["department"] = "Energy"


def test_only_what_every_line_has_is_required() -> None:
    article = Article(
        id="1", url="https://acme.example/1", newsroom="acme", company="Acme", headline="Plant opens", body="Today."
    )
    assert (article.status, article.crawl.fetched_at, article.crawl.http_status, article.authors) == (None, None, None, ())


def test_dict_is_the_json_line_with_the_fields_in_order(article: Article) -> None:
    line = article.to_dict()
    assert list(line) == [each.name for each in fields(Article)]
    assert json.loads(json.dumps(line)) == json.loads(json.dumps(ItemAdapter(article).asdict()))


def test_line_is_read_back_as_the_same_article(article: Article) -> None:
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


def test_key_that_is_no_field_is_ignored(article: Article) -> None:
    assert Article.from_dict({**article.to_dict(), "department": "Energy"}) == article


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"headline": 3}, "`$.headline`"),
        ({"status": "gone"}, "`$.status`"),
        ({"images": [{"url": None}]}, "`$.images[0].url`"),
        ({"crawl": []}, "`$.crawl`"),
    ],
)
def test_wrong_value_is_one_line_that_names_the_field(article: Article, change: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=r"^no article: (Expected|Invalid) .+$") as error:
        Article.from_dict(article.to_dict() | change)
    assert named in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("line", [{}, [], None, "line", {"id": "1"}])
def test_what_is_no_article_is_refused_in_one_line(line: Any) -> None:
    with pytest.raises(ValueError, match=r"^no article: [^\n]+$"):
        Article.from_dict(line)


def test_schema_describes_every_field(article: Article) -> None:
    schema = Article.json_schema()
    described = schema["$defs"]["Article"]
    assert set(described["properties"]) == set(article.to_dict())
    assert set(described["required"]) == {"id", "url", "newsroom", "company", "headline", "body"}
    assert json.loads(json.dumps(schema))["$ref"] == "#/$defs/Article"
