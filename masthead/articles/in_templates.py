"""What the templates of an article's text ask for."""

from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Where a placement may interrupt the text: after this many paragraphs, if as many still follow.
PARAGRAPHS_BEFORE_PAUSE = 3
SCRIPTS = {"gallery": "gallery", "embed": "embed"}


def in_text_place(body: list[dict[str, Any]]) -> int:
    """The number (from 1) of the block that parts may follow; 0 when the text is too short."""
    paragraphs = [n for n, block in enumerate(body, start=1) if block["kind"] == "text"]
    if len(paragraphs) < 2 * PARAGRAPHS_BEFORE_PAUSE:
        return 0
    return paragraphs[PARAGRAPHS_BEFORE_PAUSE - 1]


def article_scripts(body: list[dict[str, Any]]) -> SafeString:
    """The modules that this article's blocks ask for, and the one for sharing."""
    kinds = {block["kind"] for block in body}
    return _modules("share", *(name for kind, name in SCRIPTS.items() if kind in kinds))


@cache
def _modules(*names: str) -> SafeString:
    return format_html_join(
        "\n",
        '<script type="module" src="{}" fetchpriority="low"></script>',
        ((static(f"masthead/js/{name}.mjs"),) for name in names),
    )


def table_columns(block: dict[str, Any]) -> list[dict[str, str]]:
    """The heads of a table's columns, each with the kind of the cells below it."""
    first = block["rows"][0] if block["rows"] else []
    kinds = [cell.get("kind", "") for cell in first]
    kinds += [""] * (len(block["head"]) - len(kinds))
    return [{"text": text, "kind": kind} for text, kind in zip(block["head"], kinds, strict=False)]


def is_number(cell: dict[str, Any]) -> bool:
    """Whether a table's cell holds a number, which is set in a column of its own width."""
    return cell.get("kind") == "number"


def clock(seconds: float | None) -> str:
    """A length of time as on a player: “4:07”, “1:02:30”."""
    minutes, rest = divmod(int(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
