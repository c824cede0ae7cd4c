"""Writes: the sheets that readers' pages read, and what happens when an address moves."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from masthead.accounts.queries import network_name
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.addresses import base_of, path_below
from masthead.outlets.models import (
    FormerSlug,
    Outlet,
    OutletSheet,
    PathMove,
    PlainPage,
    Section,
)
from masthead.outlets.networks import NETWORKS, profile_url
from masthead.outlets.on_sheets import sheet_changed
from masthead.outlets.supplements import supplements_of


def write_sheets(*, at: datetime) -> None:
    """
    Bring every live outlet's sheet up to date and drop those of the others. One transaction.

    A sheet that says the same already is left alone; what follows a change is called for the rest.
    """
    outlets = list(Outlet.objects.live().order_by("path"))
    with transaction.atomic():
        closed = OutletSheet.objects.exclude(outlet__in=outlets)
        gone = [keys.outlet(pk) for pk in closed.values_list("outlet_id", flat=True)]
        closed.delete()
        changed: list[int] = []
        written = {
            row["outlet_id"]: {name: row[name] for name in ("slug", "sort_order", "data")}
            for row in OutletSheet.objects.values("outlet_id", "slug", "sort_order", "data")
        }
        for order, outlet in enumerate(outlets):
            shown = {
                "slug": outlet.slug,
                "sort_order": order,
                "data": sheet_data(outlet=outlet, sisters=outlets),
            }
            if written.get(outlet.pk) == shown:
                continue
            if outlet.pk in written:
                record_rename(outlet=outlet, old_slug=str(written[outlet.pk]["slug"]), at=at)
            OutletSheet.objects.update_or_create(
                outlet=outlet, defaults={**shown, "changed_at": at}
            )
            changed.append(outlet.pk)
        if changed or gone:
            # After the rows: two writers that each held one and waited for the other's never end.
            touched = [keys.NETWORK, *(keys.outlet(each) for each in changed)]
            note_change(keys=touched, gone=gone, at=at)
        for each in changed:
            sheet_changed(each)


def sheet_data(*, outlet: Outlet, sisters: list[Outlet]) -> dict[str, object]:
    """The JSON of one sheet (shape: `outlets.sheet.Sheet`), from the outlet as given."""
    language = get_language_info(outlet.language)
    return {
        "id": outlet.pk,
        "public_id": str(outlet.public_id),
        "slug": outlet.slug,
        "name": outlet.title,
        "base": base_of(outlet),
        "network_name": network_name(),
        "network_base": settings.NETWORK_URL,
        "tagline": outlet.tagline,
        "wordmark": outlet.wordmark or outlet.title,
        "logo_id": outlet.logo_id,
        "look": {
            "accent": outlet.accent,
            "accent_dark": outlet.accent_dark,
            "paper": outlet.paper,
            "paper_dark": outlet.paper_dark,
            "reading_face": outlet.reading_face,
            "headline_face": outlet.headline_face,
        },
        "language": outlet.language,
        "direction": "rtl" if language["bidi"] else "ltr",
        "timezone": outlet.timezone,
        "contact_email": outlet.contact_email,
        "legal_name": outlet.legal_name,
        "founded_on": outlet.founded_on.isoformat() if outlet.founded_on else "",
        "hosts": [domain.host for domain in outlet.domains.all()],
        "sections": _sections(outlet),
        "pages": _pages(outlet),
        "follow": [
            {
                "network": link.network,
                "label": NETWORKS[link.network].label,
                "url": profile_url(NETWORKS[link.network], link.account)
                if link.network != "rss"
                else f"{base_of(outlet)}/feed.xml",
                "icon": link.network,
            }
            for link in outlet.follow_links.all()
            if link.network in NETWORKS
        ],
        "sisters": [
            {
                "id": sister.pk,
                "slug": sister.slug,
                "name": sister.title,
                "base": base_of(sister),
                "tagline": sister.tagline,
            }
            for sister in sisters
            if sister.pk != outlet.pk
        ],
        "supplements": supplements_of(outlet.pk) if outlet.pk else {},
    }


def _sections(outlet: Outlet) -> list[dict[str, object]]:
    sections = Section.objects.live().descendant_of(outlet).order_by("path")
    by_tree_path = {section.path: section.pk for section in sections}
    return [
        {
            "id": section.pk,
            "name": section.title,
            "path": path_below(section.url_path),
            "description": section.description,
            "in_navigation": section.in_navigation,
            "without_advertising": section.without_advertising,
            "parent_id": by_tree_path.get(section.path[: -section.steplen]),
        }
        for section in sections
    ]


def _pages(outlet: Outlet) -> list[dict[str, object]]:
    return [
        {
            "id": page.pk,
            "purpose": page.purpose,
            "title": page.title,
            "path": path_below(page.url_path),
        }
        for page in PlainPage.objects.live().child_of(outlet).order_by("path")
    ]


def record_move(
    *,
    outlet_id: int,
    old_path: str,
    new_path: str,
    to_outlet_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """
    Send readers of an old address, and of everything below it, to the new one.

    One row a move however much lies below: a row per article crashed SQLite at a thousand.

    to_outlet_id: the outlet that `new_path` is below, when it is another one.
    """
    to_outlet_id = to_outlet_id or outlet_id
    if (outlet_id, old_path) == (to_outlet_id, new_path):
        return
    with transaction.atomic():
        PathMove.objects.filter(outlet_id=to_outlet_id, old_path=new_path).delete()
        PathMove.objects.update_or_create(
            outlet_id=outlet_id,
            old_path=old_path,
            defaults={
                "to_outlet_id": None if to_outlet_id == outlet_id else to_outlet_id,
                "new_path": new_path,
                "moved_at": at or timezone.now(),
            },
        )
        note_change(keys=[keys.moves(outlet_id)], at=at or timezone.now())


def record_move_everywhere(*, old_path: str, new_path: str, at: datetime) -> None:
    """The same on every outlet, for what all of them share."""
    for outlet_id in Outlet.objects.order_by("pk").values_list("pk", flat=True):
        record_move(outlet_id=outlet_id, old_path=old_path, new_path=new_path, at=at)


def record_rename(*, outlet: Outlet, old_slug: str, at: datetime) -> None:
    """Keep an outlet's former path form as a way to the one it has now."""
    if old_slug == outlet.slug:
        return
    FormerSlug.objects.filter(slug=outlet.slug).delete()  # an address in use leads nowhere else
    FormerSlug.objects.update_or_create(slug=old_slug, defaults={"outlet": outlet, "left_at": at})


def set_up_tree() -> None:
    """
    Replace the welcome page that Wagtail's migrations leave by an empty network.

    The tree's root is the network; it is also the root of Wagtail's one site, since our pages
    know their own addresses.
    """
    root = Page.objects.get(depth=1)
    with transaction.atomic():
        for page in Page.objects.filter(depth=2):
            if page.specific_class is Page:
                page.delete()
        where = urlsplit(settings.NETWORK_URL)
        port = where.port or (443 if where.scheme == "https" else 80)
        Site.objects.exclude(is_default_site=True).delete()
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": where.hostname, "port": port, "root_page": root},
        )


def name_network(*, name: str, at: datetime) -> None:
    """Give the network its name; every sheet carries it."""
    Page.objects.filter(depth=1).update(title=name, draft_title=name)
    write_sheets(at=at)
