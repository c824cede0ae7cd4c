"""From a template and an outlet's look to the HTML and the text of a mail."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import css_inline
import mrml
from django.utils import translation

from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet

EMPTY_LINE = "\n\n"
_GAPS = re.compile(r"\s*\n\s*\n\s*")  # what conditions leave behind in a text
# Styles for the dark look and for small screens stay in the head; nothing is fetched.
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True)
class PrintedMail:
    """`subject` in one line; `html` whole and with its styles inlined; `text` says the same."""

    subject: str
    html: str
    text: str


def print_mail(template: str, *, sheet: Sheet, context: Mapping[str, Any]) -> PrintedMail:
    """
    Print `mail/NAME.mjml` and `mail/NAME.txt` in the outlet's language.

    template: the path without its ending, e.g. "readers/mail/confirm". The text's first line is
    the subject. Both templates see `context` and `sheet`. Raises TemplateNotFound.
    """
    values = {**context, "sheet": sheet}
    with translation.override(sheet.language):
        said = html.unescape(render(f"{template}.txt", values))  # text has nothing to escape
        subject, _, text = said.strip().partition("\n")
        page = mail_html(render(f"{template}.mjml", {**values, "subject": subject}))
    return PrintedMail(
        subject=" ".join(subject.split()),
        html=page,
        text=f"{_GAPS.sub(EMPTY_LINE, text.strip())}\n",
    )


def mail_html(mjml: str) -> str:
    """MJML as the HTML that mail programs hold, with its styles on the elements."""
    return _inliner.inline(mrml.to_html(mjml).content)
