"""What the desk's lists say of an article beside its headline: section, outlet, byline."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.outlets.models import Outlet, Section
from masthead.people.bylines import byline_text


def place_notes(articles: Sequence[Any]) -> None:
    """
    Write `section_name`, `outlet_name` and `byline_names` on the given pages.

    Three queries, however many there are.
    """
    articles = list(articles)
    parents = {article.path[: -Page.steplen] for article in articles}
    sections = dict(Section.objects.filter(path__in=parents).values_list("path", "title"))
    tops = {article.path[: 2 * Page.steplen] for article in articles}
    outlets = dict(Outlet.objects.filter(path__in=tops).values_list("path", "title"))
    bylines: dict[int, list[str]] = {}
    lines = ArticleAuthor.objects.filter(article__in=[article.pk for article in articles])
    for line in lines.select_related("author").order_by("article", "sort_order"):
        bylines.setdefault(line.article_id, []).append(line.author.name)
    for article in articles:
        article.section_name = sections.get(article.path[: -Page.steplen], "")
        article.outlet_name = outlets.get(article.path[: 2 * Page.steplen], "")
        article.byline_names = byline_text(bylines.get(article.pk, []))


def warnings_of(article: ArticlePage) -> list[str]:
    """What an editor would miss on the page: byline, picture, words for those who cannot see."""
    found = []
    if not article.article_authors.exists():
        found.append(gettext("There is no byline."))
    if article.lead_picture is None:
        found.append(gettext("There is no lead picture."))
    without_alt = [
        picture.title
        for picture, alt in _pictures_of(article)
        if not alt and not picture.description
    ]
    if without_alt:
        found.append(
            gettext("Alternative text is missing: %(pictures)s.")
            % {"pictures": ", ".join(dict.fromkeys(without_alt))}
        )
    return found


def _pictures_of(article: ArticlePage) -> Iterator[tuple[Any, str]]:
    if article.lead_picture is not None:
        yield article.lead_picture, ""
    for block in article.body:
        if block.block_type in {"picture", "chart"}:
            inside = [block.value]
        elif block.block_type == "gallery":
            inside = list(block.value["pictures"])
        else:
            continue
        for each in inside:
            if each["picture"] is not None:
                yield each["picture"], each["alt"]
