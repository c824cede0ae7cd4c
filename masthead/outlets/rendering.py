"""
Readers' templates, which are Jinja's (docs/decisions/0016); those of the desk are Django's.

What they can call beside Jinja's own is put together in `press.jinja`.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import SafeString


def render(template: str, context: Mapping[str, Any]) -> SafeString:
    """The template with these values, in the language and time zone in force."""
    environment = cast(Jinja2, engines["readers"]).env
    # Safe: a rendered template, which escaped what it had to.
    return SafeString(environment.get_template(template).render(context))
