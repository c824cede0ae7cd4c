"""
One body block as JSON: a list of parts, because a text block becomes one part a paragraph, so
that other features can stand between paragraphs.

Kinds and keys: text{html} · subheading{text, id} · picture{picture, alt, caption, credit, width} ·
gallery{title, pictures: [picture part]} · pull_quote{quotation, speaker, speaker_role} ·
quotation{html, source} · embed{url, title, caption} · table{caption, head, rows, source} ·
audio and video{url, type, title, credit, seconds, width, height, poster, transcript, caption} ·
document{url, title, bytes, extension, note} · fact_box{title, html} ·
chart{picture, alt, caption, source, data: document|None} · divider{}.
"""

import mimetypes
from collections.abc import Callable
from typing import Any

from django.utils.text import slugify

from masthead.outlets.rich_text import html_parts, whole_html

Part = dict[str, Any]


def snapshot_block(kind: str, value: Any) -> list[Part]:
    """The parts that one block of `ArticleBody` becomes."""
    if kind == "text":
        return [{"kind": "text", "html": html} for html in html_parts(value.source)]
    return [{"kind": kind, **part} for part in [READ[kind](value)] if part is not None]


def _subheading(value: Any) -> Part | None:
    return {"text": value, "id": slugify(value, allow_unicode=True)} if value.strip() else None


def _picture(value: Any) -> Part | None:
    picture = value["picture"]
    if picture is None:  # deleted since
        return None
    return {
        "picture": picture.pk,
        "alt": value["alt"] or picture.description,
        "caption": value["caption"] or picture.caption,
        "credit": picture.credit,
        "width": value["width"],
    }


def _gallery(value: Any) -> Part | None:
    pictures = [part for part in map(_picture, value["pictures"]) if part]
    return {"title": value["title"], "pictures": pictures} if pictures else None


def _pull_quote(value: Any) -> Part | None:
    return {key: value[key] for key in ("quotation", "speaker", "speaker_role")}


def _quotation(value: Any) -> Part | None:
    return {"html": whole_html(value["quotation"].source), "source": value["source"]}


def _embed(value: Any) -> Part | None:
    return {key: value[key] for key in ("url", "title", "caption")}


def _table(value: Any) -> Part | None:
    table = value["table"]
    if not table:
        return None
    return {
        "caption": value["caption"],
        "source": value["source"],
        "head": [column["heading"] for column in table.columns],
        "rows": [
            [{"kind": block.block.name, "text": str(block.value)} for block in row]
            for row in table.rows
        ],
    }


def _recording(value: Any) -> Part | None:
    recording = value["recording"]
    if recording is None:
        return None
    return {
        "url": recording.file.url,
        "type": mimetypes.guess_type(recording.file.name)[0] or "",
        "title": recording.title,
        "credit": recording.credit,
        "seconds": recording.duration,
        "width": recording.width,
        "height": recording.height,
        "poster": recording.thumbnail.url if recording.thumbnail else "",
        "transcript": recording.transcript,
        "caption": value["caption"],
    }


def _document(value: Any) -> Part | None:
    document = value["document"]
    return {**_file(document), "note": value["note"]} if document else None


def _file(document: Any) -> Part:
    return {
        "url": document.url,
        "title": document.title,
        "bytes": document.get_file_size() or 0,
        "extension": document.file_extension,
    }


def _fact_box(value: Any) -> Part | None:
    return {"title": value["title"], "html": whole_html(value["text"].source)}


def _chart(value: Any) -> Part | None:
    if value["picture"] is None:
        return None
    return {
        "picture": value["picture"].pk,
        "alt": value["alt"],
        "caption": value["caption"],
        "source": value["source"],
        "data": _file(value["data"]) if value["data"] else None,
    }


READ: dict[str, Callable[[Any], Part | None]] = {
    "subheading": _subheading,
    "picture": _picture,
    "gallery": _gallery,
    "pull_quote": _pull_quote,
    "quotation": _quotation,
    "embed": _embed,
    "table": _table,
    "audio": _recording,
    "video": _recording,
    "document": _document,
    "fact_box": _fact_box,
    "chart": _chart,
    "divider": lambda _value: {},
}
