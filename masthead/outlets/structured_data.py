"""JSON-LD and Open Graph of an outlet: who publishes, where a page stands, what a list holds."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet
from masthead.pictures.queries import PictureData, picture_data

CONTEXT = "https://schema.org"
SHARE_WIDTH, SHARE_HEIGHT = 1200, 630  # px, what the networks crop the least
# Plain pages that answer one of schema.org's questions about a news organisation.
POLICIES = {
    "ethics": "ethicsPolicy",
    "ownership": "ownershipFundingInfo",
    "contact": "actionableFeedbackPolicy",
}


class Listed(Protocol):
    """What a list needs of its entries; an article's card has it."""

    @property
    def headline(self) -> str: ...
    @property
    def absolute_url(self) -> str: ...


def organisation(sheet: Sheet) -> dict[str, Any]:
    """The outlet as a publisher, in full. One query when it has a logo."""
    return filled(
        {
            "@context": CONTEXT,
            **publisher(sheet),
            "slogan": sheet.tagline,
            "logo": _logo(sheet),
            "sameAs": [link.url for link in sheet.follow if link.network != "rss"],
            "legalName": sheet.legal_name,
            "foundingDate": sheet.founded_on,
            "email": sheet.contact_email,
            "contactPoint": _contact(sheet),
            "parentOrganization": _network(sheet),
        }
    )


def publisher(sheet: Sheet) -> dict[str, Any]:
    """The outlet as other things name it: who it is, and where it states its principles."""
    pages = {name: sheet.page_for(purpose) for purpose, name in POLICIES.items()}
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{sheet.base}/#organisation",
        "name": sheet.name,
        "url": sheet.absolute(),
        **{name: sheet.absolute(page.path) for name, page in pages.items() if page},
    }


def website(sheet: Sheet) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "@id": f"{sheet.base}/#site",
        "name": sheet.name,
        "url": sheet.absolute(),
    }


def breadcrumbs(sheet: Sheet, trail: list[tuple[str, str]]) -> dict[str, Any]:
    """trail: names and paths below the outlet, from the top down; the front is put before it."""
    steps = [(sheet.name, ""), *trail]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": sheet.absolute(path),
            }
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def collection(sheet: Sheet, *, name: str, path: str, cards: Iterable[Listed]) -> dict[str, Any]:
    """A page that lists articles. An empty list is left out, for an ItemList must have items."""
    return filled(
        {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "@id": sheet.absolute(path),
            "url": sheet.absolute(path),
            "name": name,
            "inLanguage": sheet.language,
            "isPartOf": website(sheet),
            "publisher": publisher(sheet),
            "mainEntity": _item_list(list(cards)),
        }
    )


def outlet_open_graph(sheet: Sheet, *, kind: str = "website") -> list[tuple[str, str]]:
    """
    What a shared front or list shows beyond its title: the outlet's own card, once drawn.

    kind: "website", or "profile" for an author's page.
    """
    shows(keys.outlet_card(sheet.id))
    pairs = [("og:type", kind)]
    if is_drawn(outlet_card_path(sheet)):
        url = media_url(sheet, f"{settings.MEDIA_URL}{outlet_card_path(sheet)}")
        pairs += picture_tags(url=url, width=SHARE_WIDTH, height=SHARE_HEIGHT, alt=sheet.name)
    else:
        pairs.append(("twitter:card", "summary"))
    return [*pairs, *account_tags(sheet)]


def picture_tags(*, url: str, width: int, height: int, alt: str) -> list[tuple[str, str]]:
    pairs = [
        ("og:image", url),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", str(width)),
        ("og:image:height", str(height)),
        ("og:image:alt", alt),
        ("twitter:card", "summary_large_image"),
    ]
    return [(name, value) for name, value in pairs if value]


def account_tags(sheet: Sheet) -> list[tuple[str, str]]:
    """Who the networks should name beside the card."""
    accounts = {link.network: urlsplit(link.url) for link in sheet.follow}
    pairs = []
    if "x" in accounts:
        pairs.append(("twitter:site", f"@{accounts['x'].path.strip('/')}"))
    if "mastodon" in accounts:
        where = accounts["mastodon"]
        pairs.append(("fediverse:creator", f"{where.path.strip('/')}@{where.netloc}"))
    return pairs


def outlet_card_path(sheet: Sheet) -> str:
    """Under MEDIA_ROOT; another look is another file, for the networks keep what they saw."""
    seen = [sheet.name, sheet.wordmark, sheet.tagline, sheet.language, sorted(sheet.look.items())]
    digest = hashlib.sha256(repr(seen).encode()).hexdigest()[:12]
    return f"share/outlet-{sheet.slug}-{digest}.jpg"


def is_drawn(path: str) -> bool:
    """Whether a share picture exists: one look at the disk, no reading."""
    return (settings.MEDIA_ROOT / path).exists()


def media_url(sheet: Sheet, path: str) -> str:
    """The absolute address of a file under MEDIA_URL, which lies at the root of every host."""
    base = urlsplit(sheet.base)
    return f"{base.scheme}://{base.netloc}{path}"


def image_object(
    picture: PictureData, *, sheet: Sheet, caption: str = "", credit: str = ""
) -> dict[str, Any] | None:
    """None until the picture's copies are made."""
    if not picture.ready:
        return None
    url = media_url(sheet, picture.largest)
    return filled(
        {
            "@type": "ImageObject",
            "url": url,
            "contentUrl": url,
            "width": f"{picture.largest_width} px",
            "height": f"{picture.largest_height} px",
            "caption": caption or picture.caption,
            "creditText": credit or picture.credit,
        }
    )


def filled(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known; an empty value would be a claim. False and 0 stay."""
    return {name: value for name, value in thing.items() if value not in ("", None, [], {})}


def _logo(sheet: Sheet) -> dict[str, Any] | None:
    if sheet.logo_id is None:
        return None
    picture = picture_data([sheet.logo_id]).get(sheet.logo_id)
    return image_object(picture, sheet=sheet) if picture else None


def _contact(sheet: Sheet) -> dict[str, Any] | None:
    page = sheet.page_for("contact")
    if not sheet.contact_email and page is None:
        return None
    return filled(
        {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "email": sheet.contact_email,
            "url": sheet.absolute(page.path) if page else "",
        }
    )


def _network(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.network_name:
        return None
    return {"@type": "Organization", "name": sheet.network_name, "url": f"{sheet.network_base}/"}


def _item_list(cards: list[Listed]) -> dict[str, Any] | None:
    if not cards:
        return None
    return {
        "@type": "ItemList",
        "numberOfItems": len(cards),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "url": card.absolute_url,
                "name": card.headline,
            }
            for place, card in enumerate(cards, 1)
        ],
    }
