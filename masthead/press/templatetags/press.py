"""`{% page_parts "rail" as parts %}`: what the features put at a place of this page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from masthead.press.page_parts import render_parts

register = template.Library()


@register.simple_tag(takes_context=True)
def page_parts(context: dict[str, Any], place: str) -> list[SafeString]:
    return render_parts(place, context)
