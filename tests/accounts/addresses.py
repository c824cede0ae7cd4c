"""Walks the resolver, and fills an address with things of one outlet."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from .conftest import Title


def named_addresses() -> dict[str, list[set[str]]]:
    """Every named address of the network with its arguments; some names take two sets."""
    found: dict[str, list[set[str]]] = {}
    for name, arguments in _walk(get_resolver("masthead.conf.urls").url_patterns, "", set()):
        found.setdefault(name, []).append(arguments)
    return found


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, above: set[str]
) -> Iterator[tuple[str, set[str]]]:
    for entry in patterns:
        arguments = above | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, arguments)
        elif entry.name:
            yield namespace + entry.name, arguments


def addresses_of(title: Title, name: str) -> list[str]:
    """The address filled with the title's draft, section and files."""
    return [_fill(title, name, arguments) for arguments in named_addresses()[name]]


def _fill(title: Title, name: str, arguments: set[str]) -> str:
    values = {argument: _value(title, name, argument) for argument in arguments}
    try:
        address = reverse(name, kwargs=values, urlconf="masthead.conf.urls")
    except NoReverseMatch as problem:
        raise AssertionError(f"addresses.py cannot fill {name}{sorted(arguments)}") from problem
    if name in _BY_IDS:
        return f"{address}?id={_BY_IDS[name](title)}"
    return address


_BY_IDS = {
    "wagtail_bulk_action": lambda title: title.draft.pk,
    "wagtailadmin_choose_page_chosen_multiple": lambda title: title.draft.pk,
    "wagtailimages_chooser:chosen_multiple": lambda title: title.files["picture"].pk,
    "wagtaildocs_chooser:chosen_multiple": lambda title: title.files["document"].pk,
}


def _value(title: Title, name: str, argument: str) -> Any:
    plain = {
        "page_id": title.draft.pk,
        "page_to_move_id": title.draft.pk,
        "page_pk": title.draft.pk,
        "parent_page_id": title.news.pk,
        "destination_id": title.news.pk,
        "object_id": str(title.draft.pk),
        "image_id": title.files["picture"].pk,
        "document_id": title.files["document"].pk,
        "doc_id": title.files["document"].pk,
        "media_id": title.files["recording"].pk,
        "collection_id": title.files["picture"].collection_id,
        "revision_id": title.revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "content_type_app_name": "articles",
        "content_type_model_name": "articlepage",
        "app_label": "articles",
        "app_name": "articles",
        "model_name": "articlepage",
        "media_type": "audio",
        "filter_spec": "width-20",
        "action": "delete",
        "action_name": "publish",
        "public_id": title.outlet.public_id,
        "slug": title.outlet.slug,
        "outlet": title.outlet.slug,
        "article_id": title.draft.pk,
        "number": 1,
        "service": "mailgun",
        "name": "top" if name == "ads-place" else "l.1",
        "creative": title.outlet.public_id,
    }
    if argument == "pk":
        return _primary_key(title, name)
    return plain.get(argument, 1)


def _primary_key(title: Title, name: str) -> int:
    if "images" in name:
        return title.files["picture"].pk
    if "docs" in name or "documents" in name:
        return title.files["document"].pk
    if "collections" in name:
        return title.files["picture"].collection_id
    return title.draft.pk if "page" in name else 1
