"""Bodies to freeze, and the files that stand in them."""

from typing import Any

from django.core.files.base import ContentFile

from masthead.articles.snapshot import snapshot_article
from masthead.outlets.models import Section
from masthead.pictures.models import Attachment, Recording
from tests.factories import an_article


def body_of(port: Section, *blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    article = an_article(port, body=list(blocks), at=None)
    return snapshot_article(article.get_latest_revision_as_object())["body"]


def a_recording(kind: str, name: str) -> Recording:
    return Recording.objects.create(
        title="Harbour sounds",
        type=kind,
        duration=61,
        credit="Ines",
        transcript="Waves.",
        file=ContentFile(b"0", name=name),
    )


def a_document() -> Attachment:
    return Attachment.objects.create(title="Minutes", file=ContentFile(b"1234", name="m.pdf"))
