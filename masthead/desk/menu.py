"""The desk's menu: the newsroom's order and words, and where one is."""

from copy import copy
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from masthead.accounts.rules import only_moderates
from masthead.articles.models import ArticlePage

# The newsroom's order. What is not named here keeps its own place after these.
MENU = [
    "budget",
    "articles",
    "fronts",
    "newsletters",
    "comments",
    "networks",
    "authors",
    "topics",
    "images",
    "documents",
    "media",
    "readers",
    "memberships",
    "ads",
    "mail",
    "partners",
    "people",
    "outlets",
    "jobs",
    "explorer",
    "reports",
    "settings",
]
WORDS = {"images": _("Pictures"), "media": _("Recordings"), "explorer": _("All pages")}
# Wagtail's own addresses of them are kept; their help is about Wagtail.
NOT_OURS = {"help", "snippets"}
# All that somebody finds who moderates and does nothing else.
OF_MODERATORS = {"comments"}
# The address of every page's screens begins with theirs.
_ABOVE = {"budget", "explorer"}


def arrange(items: list[MenuItem], request: HttpRequest) -> list[MenuItem]:
    """Items are shared by all requests: what is true of this one only is put on copies."""
    left_out = NOT_OURS if request.user.is_superuser else {*NOT_OURS, "explorer"}
    shown = [item for item in items if item.name not in left_out]  # the tree is the owner's tool
    if only_moderates(request.user):
        shown = [item for item in shown if item.name in OF_MODERATORS]
    for item in shown:
        item.label = WORDS.get(item.name, item.label)
        if item.name in MENU:
            item.order = 10 + 10 * MENU.index(item.name)
    return _mark(sorted(shown, key=lambda item: item.order), here=find_place(request))


def find_place(request: HttpRequest) -> str:
    """The item whose work a page's own screens are; the script tells the others by address."""
    match = getattr(request, "resolver_match", None)
    if match is None or match.namespace != "wagtailadmin_pages":
        return ""
    if "content_type_model_name" in match.kwargs:
        is_article = match.kwargs["content_type_model_name"] == "articlepage"
    elif "page_id" in match.kwargs:
        page = Page.objects.filter(pk=match.kwargs["page_id"]).first()
        is_article = page is not None and issubclass(page.specific_class or Page, ArticlePage)
    else:
        return ""
    return "articles" if is_article else "outlets"


def _mark(items: list[MenuItem], *, here: str) -> list[Any]:
    marked = [copy(item) if item.name in {here, *_ABOVE} else item for item in items]
    for item in marked if here else []:
        if item.name == here:
            item.classname = f"{item.classname} desk-here".strip()
        if item.name in _ABOVE:
            # Wagtail's script lights the longest address that the page's begins with.
            item.url = f"{item.url}?"
    return marked
