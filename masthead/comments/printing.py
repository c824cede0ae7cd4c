"""From a comment as it is shown to what templates print."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.utils.safestring import mark_safe

from masthead.comments.rules import Rules
from masthead.comments.shown import Shown
from masthead.outlets.sheet import Sheet

DO = "comments/do/"


def addresses(sheet: Sheet, public_id: UUID | str) -> dict[str, str]:
    """
    Of an article's comments: the lists, and where they are posted to.

    public_id: in whatever form; a snapshot has it without its dashes.
    """
    base = sheet.url(f"comments/{UUID(str(public_id))}/")
    return {
        "newest": base,
        "oldest": f"{base}oldest/",
        "respected": f"{base}respected/",
        "live": f"{base}live.json",
        "do": sheet.url(DO),
        "script": static("masthead/js/comments.mjs"),
    }


def ready(shown: Iterable[Shown], *, base: str) -> list[dict[str, Any]]:
    """Branches with their answers: times as times, HTML as HTML, an address each."""
    return [
        {**_ready(branch, base), "answers": [_ready(each, base) for each in branch["answers"]]}
        for branch in shown
    ]


def _ready(shown: Shown, base: str) -> dict[str, Any]:
    made = {**shown, "at": datetime.fromisoformat(shown["at"]), "url": f"{base}{shown['id']}/"}
    if "html" in shown:
        # Made by our own Markdown and cleaned by core.sanitise when it was written.
        made["html"] = mark_safe(shown["html"])  # noqa: S308
    return made


def form(rules: Rules, *, is_open: bool, public_id: object, urls: dict[str, str]) -> dict[str, Any]:
    """What the form to write with has to know; the same for all readers."""
    return {
        "article": str(public_id),
        "action": f"{urls['do']}write",
        "is_open": is_open,
        "for_members": rules.who == "members",
        "is_held": rules.mode == "all-held",
    }
