"""What somebody typed into a form, so that a page that says “later” can give it back."""

from html import escape
from urllib.parse import parse_qsl

Fields = list[tuple[str, str]]
FORM = b"application/x-www-form-urlencoded"
# Written to be read; everything else of a form goes along hidden.
WRITTEN = {"text", "words"}
MOST_FIELDS = 12


def typed(body: bytes, kind: bytes) -> Fields:
    """The fields of a plain form. Empty for what a script sends: that still has it."""
    if kind.partition(b";")[0].strip().lower() != FORM:
        return []
    try:
        return parse_qsl(body.decode("ascii"), max_num_fields=MOST_FIELDS)
    except ValueError:  # no form of ours
        return []


def as_fields(kept: Fields, *, label: str) -> str:
    """HTML for inside a form. label: over what can be changed."""
    return "".join(_field(name, value, label=label) for name, value in kept)


def _field(name: str, value: str, *, label: str) -> str:
    name, value = escape(name), escape(value)
    if name not in WRITTEN:
        return f'<input type="hidden" name="{name}" value="{value}">'
    # A line break right after the tag is not part of the text.
    area = f'<textarea name="{name}" rows="6" dir="auto">\n{value}</textarea>'
    return f'<label class="comment-form__wide">{escape(label)}{area}</label>'
