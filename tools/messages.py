"""
The words readers see, in every language of the network, without GNU gettext.

    python tools/messages.py            extract, merge into the catalogues, compile
    python tools/messages.py --check    say what is missing; fails when something is

A catalogue holds what reader-facing templates and modules say (READERS, DESK below); the desk's own
words are English so far. New msgids come in untranslated, ones no longer used go out.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from jinja2 import Environment

PACKAGE = Path(__file__).resolve().parent.parent / "masthead"
# Language: its plural rule, as the Unicode plural rules give it.
LANGUAGES = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
        " : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
# Apps whose pages readers see …
READERS = (
    "api",
    "articles",
    "comments",
    "fronts",
    "mail",
    "memberships",
    "newsletters",
    "outlets",
    "people",
    "press",
    "readers",
    "reading",
    "related",
    "search",
    "syndication",
)
# … and what in them only the newsroom sees: module names, and folders.
DESK = {
    "actions",
    "block_previews",
    "blocks",
    "curating",
    "editor",
    "forms",
    "notes",
    "panels",
    "previews",
    "wagtail_hooks",
}
DESK_FOLDERS = {"actions", "blocks", "desk", "measures", "migrations", "recipes"}
# Modules of newsroom apps whose words readers meet elsewhere.
ALONE = (
    "ads/customers/forms.py",
    "ads/customers/packages.py",
    "ads/customers/paying.py",
    "ads/customers/views.py",
    "ads/jinja2/ads/customers/book.html",
    "ads/jinja2/ads/customers/home.html",
    "ads/jinja2/ads/customers/report.html",
    "ads/jinja2/ads/customers/trouble.html",
    "ads/models/campaign.py",
    "ads/models/creative.py",
    "ads/models/flight.py",
    "ads/models/placement.py",
    "ads/papers/credit_note.py",
    "ads/papers/invoice.py",
    "ads/papers/lines.py",
    "ads/papers/report.py",
    "ads/places/house.py",
    "ads/places/parts.py",
    "ads/selling/checking.py",
    "ads/selling/words.py",
    "posting/words.py",
)
# Newsroom modules of which readers see one thing: file, and the classes that matter.
ONLY = {
    "ads/models/campaign.py": {"State"},
    "ads/models/creative.py": {"Kind"},
    "ads/models/flight.py": {"Pricing"},
    "ads/models/placement.py": {"Place"},
    "api/apps.py": set(),
    "api/models.py": set(),
    "articles/models/article.py": {"Kind"},
    "articles/models/published.py": set(),
    "articles/schedule.py": set(),
    "fronts/models.py": set(),
    "fronts/views.py": set(),
    "mail/models.py": set(),
    "memberships/apps.py": set(),
    "memberships/figures/plots.py": set(),
    "memberships/lettering.py": set(),
    "memberships/models/plan.py": set(),
    "memberships/models/prompt.py": set(),
    "memberships/planning.py": set(),
    "memberships/prompting.py": set(),
    "memberships/serving.py": set(),
    "newsletters/apps.py": set(),
    "newsletters/models/delivery.py": set(),
    "newsletters/models/edition.py": set(),
    "newsletters/models/newsletter.py": set(),
    "newsletters/models/pacing.py": set(),
    "newsletters/models/subscription.py": set(),
    "newsletters/sending/dispatch.py": set(),
    "newsletters/sending/printed.py": set(),
    "outlets/choices.py": set(),
    "outlets/models/outlet.py": set(),
    "outlets/models/pages.py": set(),
    "outlets/models/addressed.py": set(),
    "outlets/networks.py": set(),
    "outlets/page_forms.py": set(),
    "people/models.py": set(),
    "readers/lists.py": set(),
    "readers/models/known.py": set(),
    "readers/models/proof.py": set(),
    "readers/models/reader.py": set(),
    "readers/segments.py": set(),
    "readers/views.py": set(),
}
# Which arguments of each function are msgctxt, msgid, msgid_plural.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEMPLATES = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
TEMPLATES.newstyle_gettext = True  # type: ignore[attr-defined]


@dataclass
class Message:
    """One msgid and the files it is used in."""

    context: str | None
    text: str
    plural: str | None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def reader_files() -> list[Path]:
    own = [file for app in READERS for file in _files_of(PACKAGE / app)]
    return [*own, *(PACKAGE / name for name in ALONE)]


def _files_of(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.suffix in {".html", ".mjml", ".txt"} and "jinja2" in inside.parts:
            kept = True
        else:
            kept = file.suffix == ".py" and file.stem not in DESK
        if kept and not DESK_FOLDERS & set(inside.parts):
            yield file


def messages() -> dict[tuple[str | None, str], Message]:
    """Every message readers see, by context and msgid, in the order of the files."""
    found: dict[tuple[str | None, str], Message] = {}
    for file in reader_files():
        name = file.relative_to(PACKAGE).as_posix()
        for message in messages_in(file, only=ONLY.get(name)):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            if name not in known.files:
                known.files.append(name)
    return found


def messages_in(file: Path, *, only: set[str] | None = None) -> Iterator[Message]:
    source = file.read_text("utf-8")
    if file.suffix == ".py":
        calls = calls_in_module(source, only=only)
    else:
        calls = calls_in_template(source)
    for call in calls:
        if (message := _message(call)) is not None:
            yield message


def calls_in_module(source: str, *, only: set[str] | None) -> Iterator[ast.Call]:
    tree = ast.parse(source)
    roots: list[ast.AST] = [tree]
    if only is not None:
        roots = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name in only]
    for root in roots:
        yield from (node for node in ast.walk(root) if isinstance(node, ast.Call))


def calls_in_template(source: str) -> Iterator[ast.Call]:
    """Jinja makes calls of `{% trans %}` too; they are given as Python would write them."""
    for line, function, said in TEMPLATES.extract_translations(source, tuple(FUNCTIONS)):
        words = said if isinstance(said, tuple) else (said,)
        arguments: list[ast.expr] = [ast.Constant(each, lineno=line) for each in words]
        yield ast.Call(ast.Name(function), arguments, [])


def _message(call: ast.Call) -> Message | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in FUNCTIONS:
        return None
    words = [_constant(argument) for argument in call.args]
    places = FUNCTIONS[name]
    if any(place is not None and place >= len(words) for place in places):
        return None
    context, text, plural = (None if place is None else words[place] for place in places)
    return Message(context, text, plural) if text else None


def _constant(node: ast.expr) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[attr-defined]


def catalogue_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> polib.POFile:
    """The catalogue, or an empty one for a language that has none."""
    path = catalogue_path(language)
    catalogue = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Masthead",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    return catalogue


def merge(language: str) -> polib.POFile:
    """What the catalogue would be: the messages of now with the translations of before."""
    before = read_catalogue(language)
    known = {(entry.msgctxt, entry.msgid): entry for entry in before if not entry.obsolete}
    merged = polib.POFile(wrapwidth=0)
    merged.metadata = before.metadata
    for key, message in sorted(messages().items(), key=lambda each: (each[0][1], each[0][0] or "")):
        merged.append(_entry(message, known.get(key), language))
    return merged


def _entry(message: Message, was: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.text,
        msgid_plural=message.plural or "",
        occurrences=[(name, "") for name in message.files],
        tcomment=was.tcomment if was else "",
    )
    if "%(" in message.text or "%(" in (message.plural or ""):
        entry.flags.append("python-format")
    if message.plural is None:
        entry.msgstr = was.msgstr if was else ""
    else:
        forms = was.msgstr_plural if was else {}
        entry.msgstr_plural = {n: forms.get(n, "") for n in range(plural_forms(language))}
    return entry


def plural_forms(language: str) -> int:
    return int(re.findall(r"nplurals=(\d+)", LANGUAGES[language])[0])


def missing(language: str) -> list[str]:
    """The msgids readers see that the catalogue says nothing, or not everything, for."""
    return [entry.msgid for entry in merge(language) if not _is_translated(entry)]


def _is_translated(entry: polib.POEntry) -> bool:
    if entry.msgid_plural:
        return all(entry.msgstr_plural.values())
    return bool(entry.msgstr)


def is_fresh(language: str) -> bool:
    """Whether the .po says what the program says now, and the .mo what the .po says."""
    path = catalogue_path(language)
    if not path.exists() or not path.with_suffix(".mo").exists():
        return False
    written = read_catalogue(language)
    now = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in merge(language)}
    if {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in written} != now:
        return False
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    return _translations(compiled) == _translations(written)


def _translations(catalogue: polib.POFile | polib.MOFile) -> set[tuple[object, ...]]:
    return {
        (entry.msgctxt or None, entry.msgid, entry.msgstr, *sorted(entry.msgstr_plural.items()))
        for entry in catalogue
        if _is_translated(entry)
    }


def write(language: str) -> None:
    merged = merge(language)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    merged.save(str(path))
    merged.save_as_mofile(str(path.with_suffix(".mo")))


def main() -> int:
    is_check = "--check" in sys.argv[1:]
    is_complete = True
    for language in LANGUAGES:
        if not is_check:
            write(language)
        lacking, stale = missing(language), not is_fresh(language)
        for msgid in lacking:
            sys.stdout.write(f"{language}: not translated: {msgid!r}\n")
        if stale:
            sys.stdout.write(f"{language}: out of date; run python tools/messages.py\n")
        sys.stdout.write(f"{language}: {len(merge(language)) - len(lacking)} translated.\n")
        is_complete = is_complete and not lacking and not stale
    return 0 if is_complete or not is_check else 1


if __name__ == "__main__":
    sys.exit(main())
