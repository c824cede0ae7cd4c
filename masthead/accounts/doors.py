"""
Desk addresses that Wagtail opens to all staff although they show one page, picture or file.

Deny by default: an address that names a page or file is only for those in whose part of the
network it is, whatever the screen behind it checks or forgets to check.
"""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionMember, Page
from wagtailmedia import get_media_model

from masthead.accounts import rules
from masthead.accounts.models import User

_PAGE_ARGUMENTS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
_BY_ARGUMENT = {
    "image_id": get_image_model,
    "document_id": get_document_model,
    "doc_id": get_document_model,
    "media_id": get_media_model,
}
_BY_NAMESPACE = {
    "wagtailadmin_pages": lambda: Page,
    "wagtailadmin_api:pages": lambda: Page,
    "wagtailadmin_api:images": get_image_model,
    "wagtailadmin_api:documents": get_document_model,
    "wagtailimages_chooser": get_image_model,
    "wagtaildocs_chooser": get_document_model,
}
# These list what was picked by `?id=1&id=2`.
_BY_IDS = {
    "wagtailadmin_choose_page_chosen_multiple": lambda: Page,
    "wagtailimages_chooser:chosen_multiple": get_image_model,
    "wagtaildocs_chooser:chosen_multiple": get_document_model,
}
ALL = "all"  # `?id=all`: whatever the listing shows
MOST_DIGITS = 18
# Links may point at what readers can read anywhere in the network.
_CHOOSERS = {"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"}

# This report names the latest page of every kind, whoever wrote it.
FOR_OWNERS = {
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}


# One's own account and way out; the rest of a moderator's desk is what a feature opened.
_FOR_EVERYBODY = {"wagtailadmin_account", "wagtailadmin_dismissibles"}
_moderators_home: dict[str, str] = {}


def open_to_moderators(namespace: str, *, home: str) -> None:
    """
    The screens of those who only moderate: all of a namespace, which checks itself whose they are.

    home: the name of the address they begin at. For `apps.ready()`; raises ValueError when taken.
    """
    if _moderators_home:
        raise ValueError(f"Moderators have their screens already: {list(_moderators_home)}")
    _moderators_home[namespace] = home


def find_home(request: HttpRequest, user: User) -> str | None:
    """Where somebody who asks for the desk's first page begins instead; None: there."""
    match = request.resolver_match
    if match is None or match.view_name != "wagtailadmin_home" or not rules.only_moderates(user):
        return None
    return next((reverse(home) for home in _moderators_home.values()), None)


def is_shut(request: HttpRequest, user: User) -> bool:
    """Whether the address names something that is not for this member of staff."""
    match = request.resolver_match
    if user.is_superuser or match is None:
        return False
    if match.view_name in FOR_OWNERS:
        return True
    if rules.only_moderates(user):
        return match.namespace not in _moderators_home and match.view_name not in _FOR_EVERYBODY
    live_too = match.view_name in _CHOOSERS
    named = _named(request, match)
    if ALL in named.get(Page, ()):
        named[Page].remove(ALL)
        if not _may_take_all(request, user):
            return True
    return any(
        not _is_for(user, model, keys, live_too=live_too) for model, keys in named.items()
    ) or _deletes_what_was_read(user, match)


def _may_take_all(request: HttpRequest, user: User) -> bool:
    """All that a listing of pages shows: Wagtail asks nobody whose they are."""
    above = request.GET.get("childOf", "")
    page = Page.objects.filter(pk=above).first() if _is_number(above) else None
    return page is not None and rules.may_see_all_below(user, page)


def _named(request: HttpRequest, match: ResolverMatch) -> dict[type[Model], set[str]]:
    named: dict[type[Model], set[str]] = {}

    def add(model: type[Model], *keys: Any) -> None:
        named.setdefault(model, set()).update(str(key) for key in keys if key is not None)

    for argument, value in match.kwargs.items():
        if argument in _PAGE_ARGUMENTS:
            add(Page, value)
        elif argument in _BY_ARGUMENT:
            add(_BY_ARGUMENT[argument](), value)
    if match.namespace in _BY_NAMESPACE and "pk" in match.kwargs:
        add(_BY_NAMESPACE[match.namespace](), match.kwargs["pk"])
    if match.view_name in _BY_IDS:
        add(_BY_IDS[match.view_name](), *request.GET.getlist("id"))
    if "app_label" in match.kwargs and "model_name" in match.kwargs:
        model = _find_model(match.kwargs["app_label"], match.kwargs["model_name"])
        if model is not None:
            add(model, match.kwargs.get("object_id"), *request.GET.getlist("id"))
    return named


def _find_model(app_label: str, model_name: str) -> type[Model] | None:
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        return None
    if issubclass(model, Page):
        return Page
    return model if issubclass(model, CollectionMember) else None


def _is_for(user: User, model: type[Model], keys: set[str], *, live_too: bool) -> bool:
    # Of files `all` is what the user may see; what else is no plain number might still be one to
    # the database, as "+5" is.
    numbers = keys - {ALL}
    if not all(map(_is_number, numbers)):
        return False
    for thing in model._default_manager.filter(pk__in=numbers):
        if isinstance(thing, Page):
            if not (rules.may_see(user, thing) or (live_too and thing.live)):
                return False
        elif not rules.may_see_file(user, thing):
            return False
    return True


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS


def _deletes_what_was_read(user: User, match: ResolverMatch) -> bool:
    """The one way to delete that passes no hook of Wagtail's: the desk's own API."""
    if match.view_name != "wagtailadmin_api:pages:action":
        return False
    if match.kwargs["action_name"] != "delete":
        return False
    page = Page.objects.filter(pk=match.kwargs["pk"]).first()
    return page is not None and not rules.may_delete(user, page)
