"""A small newsroom to fill: one outlet with sections, authors, topics and a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from benchmarks.scratch import prepare_database
from masthead.articles.models import ArticlePage, Topic
from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author
from masthead.pictures.models import CopiesState, Picture

PARAGRAPH = (
    "<p>The harbour board met on Monday evening and heard from the pilots, who asked for two more"
    " lights at the narrows before the winter timetable begins. The board will answer within a"
    " month, and the ferry company said that it would wait for that answer.</p>"
)


@dataclass(frozen=True)
class Newsroom:
    """What articles are filed under and by."""

    outlet: Outlet
    sections: list[Section]
    authors: list[Author]
    topics: list[Topic]
    picture: Picture


SECTIONS = ("Port", "Town", "Islands", "Weather", "Sport", "Chess")


def found_newsroom(
    slug: str = "courier",
    *,
    named: Sequence[str] = SECTIONS,
    authors: int = 8,
    topics: int = 12,
) -> Newsroom:
    """
    Five busy sections and a quiet one at the end, eight authors, twelve topics, all published
    through the usual actions; or as many as are asked for.
    """
    prepare_database()
    outlet = Outlet(title="The Harbour Courier", slug=slug, contact_email="desk@courier.example")
    Page.objects.get(depth=1).add_child(instance=outlet)
    outlet.save_revision().publish()
    sections = []
    for name in named:
        section = Section(title=name, description=f"All about {name}.")
        outlet.add_child(instance=section)
        section.save_revision().publish()
        sections.append(section)
    return Newsroom(
        outlet=outlet,
        sections=sections,
        authors=[
            Author.objects.create(name=f"Reporter {n}", slug=f"{slug}-reporter-{n}")
            for n in range(authors)
        ],
        topics=[
            Topic.objects.create(name=f"{slug} topic {n}", slug=f"{slug}-topic-{n}")
            for n in range(topics)
        ],
        picture=_picture(),
    )


def _picture() -> Picture:
    """As the copies job leaves it; its files are not looked at."""
    copies = [
        {
            "format": name,
            "width": width,
            "height": width * 9 // 16,
            "path": f"pictures/{width}.{name}",
            "bytes": 1,
        }
        for name in ("avif", "webp", "jpeg")
        for width in (400, 800)
    ]
    return Picture.objects.create(
        title="Ferry",
        file="ferry.jpg",
        width=1600,
        height=900,
        description="A white ferry at the quay",
        credit="Courier",
        copies=copies,
        copies_state=CopiesState.READY,
    )


def article_of(newsroom: Newsroom, *, headline: str, slug: str, number: int = 0) -> ArticlePage:
    """An unsaved article of about 330 words: six paragraphs, a subheading, a pull quote."""
    article = ArticlePage(
        title=headline,
        draft_title=headline,
        slug=slug,
        standfirst="The pilots ask for two more lights before the winter timetable begins.",
        kicker="Harbour",
        lead_picture=newsroom.picture,
        live=False,
    )
    quote = {"quotation": "We go out after dark.", "speaker": "A pilot", "speaker_role": ""}
    article.body = [
        ("text", PARAGRAPH * 3),
        ("subheading", "What the board said"),
        ("pull_quote", quote),
        ("text", PARAGRAPH * 4),
    ]
    article.topics = [newsroom.topics[number % len(newsroom.topics)]]
    article.article_authors.create(author=newsroom.authors[number % len(newsroom.authors)])
    return article


def add_draft(newsroom: Newsroom, *, headline: str, slug: str) -> ArticlePage:
    """A saved draft in the first section, as a reporter leaves it."""
    article = article_of(newsroom, headline=headline, slug=slug)
    section = newsroom.sections[0]
    section.refresh_from_db()  # its count of children
    section.add_child(instance=article)
    article.save_revision()
    return article
