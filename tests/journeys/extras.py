"""
What the demo lacks and the journeys need: hard cases for the pages, and ways to sign in.

Run by `network.run` in a process of its own, so that no test process holds a database open.
"""

import struct
import wave
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Page
from wagtail.rich_text import RichText

from masthead.accounts.models import User
from masthead.articles.blocks import ArticleBody
from masthead.articles.models import ArticleAuthor, ArticlePage, PublishedArticle
from masthead.comments.actions.posting import Writer, Written, post_comment
from masthead.newsletters.models import Newsletter
from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Outlet, PlainPage, Section
from masthead.outlets.queries import get_sheet
from masthead.people.models import Author
from masthead.pictures.models import Attachment, Picture, Recording
from masthead.publishing.actions import publish_article
from masthead.readers.models import Reader
from tests.journeys import cast

BRIEFS = 33  # more than one page of a list holds
LONG_WORD = "Hafenarbeiterversorgungswerkbeitragsbemessungsgrenzenverordnung"
LONG_HEADLINE = (
    "Commission of inquiry into the night pilotage trial asks the harbour board why the"
    f" {LONG_WORD} was never read aloud before the vote"
)


def add_extras(*, now: datetime) -> None:
    courier = Outlet.objects.get(slug="courier")
    _sign_ins()
    _section(courier, "Weather", "weather", in_navigation=False)
    briefs = _section(courier, "Briefs", "briefs", in_navigation=False)
    for number in range(BRIEFS):
        at = now - timedelta(days=400, hours=number)
        _article(briefs, f"Brief {number + 1}: tide tables corrected", f"brief-{number + 1}", at)
    _every_block(briefs, at=now - timedelta(days=399))
    _article(briefs, LONG_HEADLINE, "long-headline", now - timedelta(days=398))
    _arabic(now=now)
    _newsletters()
    write_sheets(at=now)
    _held_comments(courier, at=now)


def _held_comments(courier: Outlet, *, at: datetime) -> None:
    """More than one page of the moderators' queue, by people whose first comment it is."""
    place = PublishedArticle.objects.get(headline=cast.HELD_BELOW)
    sheet = get_sheet(outlet_id=courier.pk)
    readers = Reader.objects.bulk_create(
        Reader(email=f"first.{n}@readers.example", name=f"First {n}", joined_at=at, proved_at=at)
        for n in range(cast.HELD)
    )
    for number, reader in enumerate(readers):
        post_comment(
            place=place,
            sheet=sheet,
            writer=Writer(reader, is_proved=True),
            written=Written(f"The table of berth {number} is an hour late as well."),
            at=at + timedelta(seconds=number),
        )


def _newsletters() -> None:
    """Two of the Courier, one in Arabic, whatever the demo brings along."""
    for slug, name, promise, order in (
        ("courier", "The Evening Courier", "What happened on the water, at six each evening", 10),
        ("courier", "The First Ferry", "What to know before the first ferry", 20),
        (cast.ARABIC, "مساء المنارة", "ما حدث على الماء كل مساء", 10),
    ):
        outlet = Outlet.objects.get(slug=slug)
        if not Newsletter.objects.filter(outlet=outlet, name=name).exists():
            Newsletter.objects.create(
                outlet=outlet,
                name=name,
                promise=promise,
                slug=f"journeys-{order}",
                days=[0, 1, 2, 3, 4],
                hour=time(18, 0),
                order=order,
            )


def _sign_ins() -> None:
    for person in (cast.ADA, cast.BO):
        user = User.objects.get(email=person.email)
        user.set_password(cast.PASSWORD)
        user.save()
    TOTP.activate(User.objects.get(email=cast.ADA.email), cast.SECRET)
    assert Group.objects.exists(), "the demo gave nobody a role"


def _section(parent: Page, title: str, slug: str, **fields: Any) -> Section:
    section = Section(title=title, slug=slug, **fields)
    parent.add_child(instance=section)
    return section


def _article(
    section: Section,
    headline: str,
    slug: str,
    at: datetime,
    *,
    body: list[tuple[str, Any]] | None = None,
    author: Author | None = None,
    **fields: Any,
) -> ArticlePage:
    """Without a picture, a standfirst or a byline unless they are given."""
    article = ArticlePage(title=headline, slug=slug, live=False, **fields)
    article.body = body or [("text", RichText("<p>High water on Friday is at 5.41, not 4.41.</p>"))]
    if author:
        article.article_authors = [ArticleAuthor(author=author)]
    section.add_child(instance=article)
    article.save_revision()
    publish_article(article=article, by=None, at=at)
    return article


def _every_block(section: Section, *, at: datetime) -> None:
    first, second = Picture.objects.order_by("pk")[:2]
    sound, film, figures = _sound(), _film(), _figures()
    shown = {"picture": first, "alt": "Boats at a quay", "caption": "Tuesday.", "width": "wide"}
    chart = {
        "picture": second,
        "alt": "Landings fell by a third",
        "caption": "Landings",
        "data": figures,
        "source": "Harbour board",
    }
    quoted = {"quotation": "Nobody asked.", "speaker": "Una Brook", "speaker_role": "skipper"}
    _article(
        section,
        "Every kind of block there is",
        "every-block",
        at,
        standfirst="One of each, for looking at.",
        kicker="Trial",
        dateline="Port Ansel",
        lead_picture=first,
        lead_caption="The quay on Tuesday.",
        author=Author.objects.order_by("pk").first(),
        body=[
            ("text", RichText("<p>One.</p><ul><li>Two</li><li>Three</li></ul><p>Four.</p>")),
            ("subheading", "What was said"),
            ("picture", shown),
            ("gallery", {"title": "Two boats", "pictures": [shown, {**shown, "picture": second}]}),
            ("pull_quote", quoted),
            ("quotation", {"quotation": RichText("<p>It is so.</p>"), "source": "Minutes"}),
            ("table", {"caption": "Landings", "table": _table(), "source": "Harbour board"}),
            ("audio", {"recording": sound, "caption": "The foghorn."}),
            ("video", {"recording": film, "caption": "The tug leaves."}),
            ("document", {"document": figures, "note": "The figures."}),
            ("fact_box", {"title": "The board", "text": RichText("<p>Nine members.</p>")}),
            ("chart", chart),
            ("divider", None),
            ("text", RichText("<p>The last line.</p>")),
        ],
    )


def _table() -> Any:
    block = ArticleBody().child_blocks["table"].child_blocks["table"]
    columns = [{"type": "text", "heading": "Boat"}, {"type": "number", "heading": "Tonnes"}]
    rows = [{"values": ["Marigold", "12"]}, {"values": ["Antares", "9"]}]
    return block.to_python({"columns": columns, "rows": rows, "caption": ""})


def _sound() -> Recording:
    """A second of silence."""
    data = BytesIO()
    with wave.open(data, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack("<h", 0) * 8000)
    recording = Recording(type="audio", title="Foghorn", duration=1, transcript="A low note.")
    recording.file.save("foghorn.wav", ContentFile(data.getvalue()), save=True)
    return recording


def _film() -> Recording:
    """Only its head: pages fetch no film before a reader starts it."""
    recording = Recording(type="video", title="Tug", duration=1, width=640, height=360)
    recording.file.save("tug.webm", ContentFile(b"\x1a\x45\xdf\xa3"), save=True)
    return recording


def _figures() -> Attachment:
    attachment = Attachment(title="Landings by year")
    attachment.file.save("landings.csv", ContentFile(b"year,tonnes\n2025,21\n"), save=True)
    return attachment


def _arabic(*, now: datetime) -> None:
    outlet = Outlet(
        title="منارة الميناء",
        slug=cast.ARABIC,
        language="ar",
        timezone="Africa/Cairo",
        tagline="أخبار البحر واليابسة",
        contact_email="desk@manara.example",
    )
    Page.objects.get(depth=1).add_child(instance=outlet)
    port = _section(outlet, "الميناء", "port", description="السفن والأرصفة ومن يعمل عليها")
    _section(outlet, "الثقافة", "culture")
    author = Author.objects.create(
        name="ليلى منصور", slug="layla", role="مراسلة", biography="<p>تكتب عن الميناء.</p>"
    )
    author.outlets.add(outlet)
    outlet.add_child(
        instance=PlainPage(
            title="من نحن", slug="about", purpose="about", text="<p>صحيفة الميناء.</p>"
        )
    )
    text = "<p>قالت سلطة الميناء يوم الأحد إن القناة ستفتح ليلاً أمام السفن لمدة ستة أشهر.</p>"
    for number, headline in enumerate(
        ["الميناء يفتح القناة ليلاً أمام السفن", "عمال العبّارات يعودون إلى العمل بعد أسبوع"]
    ):
        _article(
            port,
            headline,
            f"story-{number + 1}",
            now - timedelta(hours=number + 1),
            author=author,
            standfirst="تجربة تستمر ستة أشهر.",
            kicker="الملاحة",
            lead_picture=Picture.objects.order_by("pk")[number],
            lead_caption="الرصيف صباح الأحد",
            body=[
                ("text", RichText(text * 3)),
                ("subheading", "ماذا بعد"),
                ("text", RichText(text)),
            ],
        )
