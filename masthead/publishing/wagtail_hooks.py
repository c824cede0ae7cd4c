"""Publishing in the desk: the editor's panels and actions, the record's screens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path
from django.utils import timezone
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from masthead.articles.models import ArticlePage
from masthead.articles.panels import EditPanel, register_edit_panel
from masthead.publishing.action_menu import approve_instead, in_our_words, with_later
from masthead.publishing.editing import ArticleScreens
from masthead.publishing.made_once import OutletScreens, PlainPageScreens, SectionScreens
from masthead.publishing.panels import note_panel, release_panel
from masthead.publishing.queries import find_released
from masthead.publishing.telling import tell_of_release

register_edit_panel(EditPanel(name="release", tab="top", build=release_panel, order=10))
register_edit_panel(EditPanel(name="release-note", tab="publish", build=note_panel, order=10))


@hooks.register("register_admin_urls")
def record_urls() -> list[URLResolver]:
    return [path("articles/", include("masthead.publishing.urls"))]


@hooks.register("register_admin_viewset")
def article_screens() -> ArticleScreens:
    return ArticleScreens("article_screens")


@hooks.register("register_admin_viewset")
def screens_of_other_pages() -> list[PageViewSet]:
    return [
        OutletScreens("outlet_screens"),
        SectionScreens("section_screens"),
        PlainPageScreens("plain_page_screens"),
    ]


@hooks.register("construct_page_action_menu")
def article_buttons(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    article = context.get("page")
    if article is None and _is_new_article(request):
        items[:] = with_later(items)
    if isinstance(article, ArticlePage):
        items[:] = approve_instead(
            with_later(in_our_words(items, is_live=article.live)),
            article=article,
            now=timezone.now(),
        )


def _is_new_article(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.kwargs.get("content_type_model_name") == "articlepage"


@hooks.register("after_publish_page")
def back_to_the_board(request: HttpRequest, page: Page) -> HttpResponse | None:
    """In the newsroom's words, instead of Wagtail's of pages."""
    if not isinstance(page, ArticlePage):
        return None
    tell_of_release(request, page)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@hooks.register("before_delete_page")
def keep_what_was_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refused(request, [page])


@hooks.register("before_bulk_action")
def keep_whatever_was_public(
    request: HttpRequest, action: str, objects: list[Any], _action: object
) -> HttpResponse | None:
    # Users, pictures and documents are deleted in bulk as well.
    pages = [each for each in objects if isinstance(each, Page)]
    return _refused(request, pages) if action == "delete" else None


def _refused(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Readers had it and others refer to it, so the record of it stays."""
    article = find_released(pages)
    if article is None:
        return None
    if article.pk in {page.pk for page in pages}:
        words = gettext(
            "“%(headline)s” has been public, so it cannot be deleted. Withdraw it instead:"
            " readers then find your reason at its address."
        )
    else:
        words = gettext(
            "“%(headline)s” has been public and is kept here, so this cannot be deleted."
            " Withdraw its articles, or unpublish it, instead."
        )
    messages.error(request, words % {"headline": article.title})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


@hooks.register("before_bulk_action")
def withdraw_one_by_one(
    request: HttpRequest, action: str, objects: list[Any], _action: object
) -> HttpResponse | None:
    if action != "unpublish" or not any(isinstance(o.specific, ArticlePage) for o in objects):
        return None
    messages.error(
        request, gettext("Articles are withdrawn one by one: readers find the reason of each.")
    )
    return redirect("articles:index")
