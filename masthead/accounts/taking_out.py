"""Values of a form's fields without some of the files in them; everything else as it was typed."""

import re
from typing import Any

from wagtail import blocks
from wagtail.models import CollectionMember

Named = tuple[type[CollectionMember], int]

_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_EMBED = re.compile(r"<embed\b([^>]*)>")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)


def without_files(field: Any, value: Any, files: set[Named]) -> Any:
    """What the field's widget shows: of a picture nothing, of a text all but its files."""
    if isinstance(value, CollectionMember):
        return None
    if isinstance(value, blocks.StreamValue):
        raw = value.stream_block.get_prep_value(value)
        return value.stream_block.to_python(_block_without(value.stream_block, raw, files))
    return html_without(value, files) if isinstance(value, str) else value


def html_without(html: str, files: set[Named]) -> str:
    """Wagtail's rich text. Embedded ones are left out, links to them become their words."""
    numbers = {str(pk) for _model, pk in files}

    def names_one(attributes: str, kind: str) -> bool:
        found = dict(_ATTRIBUTE.findall(attributes))
        return found.get(kind) not in {None, "page"} and found.get("id") in numbers

    html = _EMBED.sub(lambda tag: "" if names_one(tag[1], "embedtype") else tag[0], html)
    return _LINK.sub(lambda tag: tag[2] if names_one(tag[1], "linktype") else tag[0], html)


def _block_without(block: Any, raw: Any, files: set[Named]) -> Any:
    match block:
        case blocks.BaseStreamBlock():
            return [
                each
                | {"value": _block_without(block.child_blocks[each["type"]], each["value"], files)}
                for each in raw
            ]
        case blocks.ListBlock():
            return [
                each | {"value": _block_without(block.child_block, each["value"], files)}
                for each in raw
            ]
        case blocks.BaseStructBlock():
            inside = block.child_blocks
            return {name: _block_without(inside[name], each, files) for name, each in raw.items()}
        case blocks.ChooserBlock():
            is_one = any(issubclass(model, block.model_class) and pk == raw for model, pk in files)
            return None if is_one else raw
        case blocks.RichTextBlock():
            return html_without(raw or "", files)
        case _:
            return raw
