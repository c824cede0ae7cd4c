"""The newsroom's acts, each as its own doorway does it."""

from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.images.forms import get_image_form

from masthead.articles.models import ArticlePage
from masthead.pictures.models import Picture
from masthead.publishing.actions import publish_article
from tests.press.conftest import Network


def changed(article: ArticlePage, **fields: Any) -> ArticlePage:
    """With a newer draft."""
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


def publish(article: ArticlePage, **more: Any) -> None:
    publish_article(article=article, by=None, at=timezone.now(), **more)


def renamed(page: Any, slug: str) -> None:
    page.refresh_from_db()
    page.slug = slug
    page.save_revision().publish()


def save_picture(picture: Picture, **words: str) -> None:
    picture = Picture.objects.get(pk=picture.pk)
    said = {
        "title": picture.title,
        "collection": picture.collection_id,
        "description": picture.description,
        "caption": picture.caption,
        "credit": picture.credit,
        "licence": picture.licence,
        "tags": "",
        **words,
    }
    form = get_image_form(Picture)(said, instance=picture)
    assert form.errors == {}
    form.save()


def edit_author(desk: Client, network: Network, **fields: Any) -> None:
    said = {
        "name": network.ines.name,
        "slug": network.ines.slug,
        "post_nominals": "",
        "role": "",
        "biography": "null",
        "outlets": [],
        "links-TOTAL_FORMS": 0,
        "links-INITIAL_FORMS": 0,
        **fields,
    }
    assert desk.post(f"/desk/authors/edit/{network.ines.pk}/", said).status_code == 302


def edit_topic(desk: Client, network: Network, **fields: str) -> None:
    said = {"name": "Tides", "slug": "tides", "description": "", "uri": "", **fields}
    assert desk.post(f"/desk/topics/edit/{network.tides.pk}/", said).status_code == 302
