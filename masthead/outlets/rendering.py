"""
Readers' templates, which are Jinja's (docs/decisions/0016); those of the desk are Django's.

What they can call beside Jinja's own is put together in `press.jinja`.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import SafeString
from jinja2 import Environment


def load_templates() -> None:
    """Compile all of them, so that no reader waits for it and processes forked later share them."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


def render(template: str, context: Mapping[str, Any]) -> SafeString:
    """The template with these values, in the language and time zone in force."""
    # Safe: a rendered template, which escaped what it had to.
    return SafeString(_environment().get_template(template).render(context))


def _environment() -> Environment:
    return cast(Jinja2, engines["readers"]).env
