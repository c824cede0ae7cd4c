"""A sample of a body block, printed by the templates that print readers' pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from masthead.articles.reading import body_parts
from masthead.articles.snapshot import picture_ids, snapshot_block
from masthead.outlets.queries import sheets
from masthead.outlets.rendering import render
from masthead.outlets.styles import page_css, parts_of
from masthead.pictures.models import Picture
from masthead.pictures.queries import picture_data

register = template.Library()


@register.simple_tag
def sample(bound: Any) -> SafeString:
    """The block as readers get it, in the first outlet's words; empty without a file or outlet."""
    kind = bound.block.name
    known = sheets()
    parts = snapshot_block(kind, bound.value)
    if not known or not parts:
        return SafeString("")
    pictures = picture_data(
        Picture.objects.filter(pk__in=picture_ids({"body": parts, "lead": None}))
    )
    shown = body_parts(parts, sheet=known[0], pictures=pictures)
    # Safe: each piece is printed by a template of ours.
    return mark_safe(  # noqa: S308
        "".join(render(f"articles/body/{p['kind']}.html", {"block": p}) for p in shown)
    )


@register.simple_tag
def sample_css(bound: Any) -> SafeString:
    known = sheets()
    look = known[0].look if known else {}
    return page_css(parts_of("article", body=[bound.block.name]), look)
