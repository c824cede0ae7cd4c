"""Text that means harm does none."""

import pytest
from wagtail.rich_text import RichText

from masthead.articles.models import PublishedArticle
from tests.factories import an_article

HOSTILE = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    '<p><a href="javascript:alert(1)">x</a></p>',
    '<p><a href="data:text/html,<script>alert(1)</script>">x</a></p>',
    '<p><a linktype="page" id="x">x</a></p>',
    '<p><a linktype="page">x</a></p>',
    '<p><a linktype="document">x</a></p>',
    '<p><a linktype="document" id="1 onclick=alert(1)">x</a></p>',
    f'<p><a linktype="page" id="{"9" * 40}">x</a></p>',
    f'<p><a linktype="page" id="{"9" * 5000}">x</a></p>',
    '<p><a href="outlet:courier/&quot; onclick=&quot;alert(1)/">x</a></p>',
    '<p><a href="outlet:x">x</a></p>',
    '<svg onload="alert(1)"><style>*{}</style></svg>',
    '<p style="position:fixed">x</p><iframe src="//evil.example"></iframe>',
    '<embed embedtype="image" id="1"/>',
    "<p>" + "<b>" * 600 + "x",
    "<p>\x00\x0b</p>",
    "<!-- <p>x</p>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_text_is_harmless_and_breaks_nothing(port, read, html):
    article = an_article(port, body=[("text", RichText(html))])

    answer = read(f"port/{article.slug}/")

    stored = " ".join(
        part["html"] for part in PublishedArticle.objects.get().text.snapshot["body"]
    ).lower()
    assert answer.status_code == 200
    assert [
        bad
        for bad in ("<script", " onclick", " onload", "javascript:", "data:", "<iframe", "style=")
        if bad in stored
    ] == []
