"""The text part: for those who read mail as text, and for screens that show nothing else."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml import html as lxml_html

from masthead.newsletters.blocks import Piece, Story

WIDTH = 72
RULE = "-" * 24
BLOCKS = {"p", "li", "h2", "h3", "h4", "blockquote", "hr"}


def text_of(context: Mapping[str, Any]) -> str:
    """The whole edition in lines of at most 72 characters; addresses stand on their own."""
    parts = [*_head(context)]
    for piece in context["pieces"]:
        parts += _piece(piece, context)
    if context["more_url"]:
        words = _("There is more in this edition: read it on the site.")
        parts.append(f"{wrapped(words)}\n{context['more_url']}")
    parts += _foot(context)
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def wrapped(text: str, *, indent: str = "") -> str:
    """In lines; long words, such as addresses, are never cut."""
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _head(context: Mapping[str, Any]) -> Iterator[str]:
    sheet, newsletter = context["sheet"], context["newsletter"]
    yield f"{newsletter.name.upper()}\n{sheet.name} · {context['date_line']}"
    if context["preheader"]:
        yield wrapped(context["preheader"])
    if context["site_url"]:
        yield f"{_('Read on the site')}: {context['site_url']}"
    yield RULE


def _foot(context: Mapping[str, Any]) -> Iterator[str]:
    sheet, field = context["sheet"], context["field"]
    yield RULE
    name = context["newsletter"].name
    yield wrapped(_("You get “%(newsletter)s” because you joined its list.") % {"newsletter": name})
    yield f"{_('Change what you get')}: {field.preferences}"
    yield f"{_('Leave this list')}: {field.leave}"
    who = ", ".join(each for each in (sheet.name, sheet.legal_name) if each)
    yield "\n".join(each for each in (who, sheet.contact_email, sheet.absolute()) if each)


def _piece(piece: Piece, context: Mapping[str, Any]) -> Iterable[str]:
    match piece.kind:
        case "article":
            return [_story(piece.stories[0])]
        case "articles":
            return [*_titled(piece.title), *(_story(story) for story in piece.stories)]
        case "most-read":
            return [*_titled(_("Most read")), *map(_numbered, enumerate(piece.stories, start=1))]
        case "corrections":
            return [*_titled(_("Corrections")), *map(_correction, piece.corrections)]
        case "divider":
            return [RULE]
        case "picture":
            told = piece.title or (piece.picture.alt if piece.picture else "")
            return [f"[{told}]" if told else "", piece.link]
        case "greeting":
            return [context["field"].greeting, text_of_html(piece.html)]
        case "offer" | "placement":
            return [*_offer(piece)]
    return [text_of_html(piece.html)]


def _titled(title: str) -> list[str]:
    return [f"{title.upper()}\n{'=' * min(len(title), WIDTH)}"] if title else []


def _story(story: Story) -> str:
    lines = []
    if story.sponsor:
        lines.append(wrapped(_("Sponsored by %(name)s") % {"name": story.sponsor}))
    elif story.kicker:
        lines.append(wrapped(story.kicker))
    lines.append(wrapped(story.headline, indent="* ").replace("\n* ", "\n  "))
    if story.text:
        lines.append(wrapped(story.text, indent="  "))
    minutes = ngettext("%(minutes)s minute", "%(minutes)s minutes", story.minutes)
    told = [story.byline, minutes % {"minutes": story.minutes}]
    told += [_("for members")] if story.is_members else []
    lines.append(wrapped(" · ".join(each for each in told if each), indent="  "))
    lines.append(f"  {story.url}")
    return "\n".join(lines)


def _numbered(numbered: tuple[int, Story]) -> str:
    place, story = numbered
    return f"{wrapped(f'{place}. {story.headline}')}\n   {story.url}"


def _correction(correction: Any) -> str:
    lines = [wrapped(correction.headline), wrapped(correction.note, indent="  ")]
    return "\n".join([*(line for line in lines if line), f"  {correction.url}"])


def _offer(piece: Piece) -> Iterator[str]:
    if piece.kind == "placement":
        yield f"[{_('Advertisement')} · {piece.sponsor}]"
    yield wrapped(piece.title)
    yield text_of_html(piece.html)
    if piece.link:
        yield f"{piece.label or _('Read more')}: {piece.link}"


def text_of_html(html: str) -> str:
    """Harmless HTML as paragraphs; list items get a dash, links keep their address in brackets."""
    if not html.strip():
        return ""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for link in root.iter("a"):
        href, words = link.get("href", ""), link.text_content().strip()
        if href and href != words:
            link.tail = f" <{href}>{link.tail or ''}"
    paragraphs: list[str] = []
    current: list[str] = []

    def close(indent: str = "") -> None:
        words = " ".join("".join(current).split())
        current.clear()
        if words:
            paragraphs.append(wrapped(words, indent=indent))

    def walk(element: Any, indent: str) -> None:
        is_block = element.tag in BLOCKS
        if is_block:
            close(indent)
        if element.tag == "br":
            close(indent)
        inner = "  " if element.tag == "blockquote" else indent
        if element.tag == "li":
            current.append("- ")
        current.append(element.text or "")
        for child in element:
            walk(child, inner)
        if is_block:
            close(inner)
        current.append(element.tail or "")

    walk(root, "")
    close()
    return unescape("\n\n".join(paragraphs))
