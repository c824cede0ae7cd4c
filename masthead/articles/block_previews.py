"""
What the block picker shows of each kind of block: a sample, printed as readers get it.

Pictures are the newest published article's; without one the sample is left out of the picker's
frame and a sentence stands there instead.
"""

from typing import Any

from django.utils.translation import gettext as _


def text() -> str:
    words = _("The harbour office counted 41 ships in October, <b>three fewer</b> than a year ago.")
    return f"<p>{words}</p>"


def subheading() -> str:
    return _("What the count leaves out")


def pull_quote() -> dict[str, Any]:
    return {
        "quotation": _("Nobody asked the people who hold the rope."),
        "speaker": _("A tug master"),
        "speaker_role": _("twenty years on the channel"),
    }


def quotation() -> dict[str, Any]:
    return {
        "quotation": "<p>" + _("The channel shall be closed from dusk to dawn.") + "</p>",
        "source": _("Port rules, section 4"),
    }


def fact_box() -> dict[str, Any]:
    return {
        "title": _("The trial in numbers"),
        "text": f"<ul><li>{_('Fourteen nights')}</li><li>{_('Two pilots a ship')}</li></ul>",
    }


def embed() -> dict[str, Any]:
    return {
        "url": "https://www.youtube.com/watch?v=00000000000",
        "title": _("A film, loaded only when a reader asks for it"),
        "caption": "",
    }


def table() -> dict[str, Any]:
    return {
        "caption": _("Ships by month"),
        "source": _("Harbour office"),
        "table": {
            "columns": [
                {"type": "text", "heading": _("Month")},
                {"type": "number", "heading": _("Ships")},
            ],
            "rows": [
                {"values": [_("September"), "44"]},
                {"values": [_("October"), "41"]},
            ],
        },
    }


def picture() -> dict[str, Any]:
    found = _newest_picture()
    return {"picture": found, "alt": "", "caption": "", "width": "text"}


def gallery() -> dict[str, Any]:
    return {"title": _("Around the quay"), "pictures": [picture(), picture()]}


def chart() -> dict[str, Any]:
    found = _newest_picture()
    return {
        "picture": found,
        "alt": _("A line falling from 44 to 41."),
        "caption": _("Ships by month"),
        "data": None,
        "source": _("Harbour office"),
    }


def recording() -> dict[str, Any]:
    """None of the library's: an unpublished one is not everybody's to hear."""
    return {"recording": None, "caption": ""}


def document() -> dict[str, Any]:
    return {"document": None, "note": ""}


def _newest_picture() -> Any:
    # Published ones only: a draft's picture of another outlet is not everybody's to see.
    from masthead.articles.models import PublishedArticle

    newest = PublishedArticle.objects.filter(
        state=PublishedArticle.State.LIVE, lead_picture__isnull=False
    ).select_related("lead_picture")
    row = newest.order_by("-published_at", "-pk").first()
    return row.lead_picture if row else None
