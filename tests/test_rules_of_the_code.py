"""What linters cannot see: layers of foreign keys, documents, sizes, what may be marked safe."""

import re
import sqlite3
import tomllib
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from packaging.specifiers import SpecifierSet

from masthead.cli import cli
from masthead.conf.config import SETTINGS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "masthead"
MOST_LINES = 400
# The oldest Python we promise to run on: Debian 12's own.
OLDEST_PYTHON = "3.11.2"
# Pages' own markup, made by us: each cleans, escapes or renders what it marks.
MAY_MARK_SAFE = {
    "articles/reading.py",  # html cleaned when the snapshot was made
    "comments/printing.py",  # cleaned when it was written
    "comments/desk/queues.py",  # our own marks around escaped text
    "fronts/pages/author.py",  # a biography, cleaned
    "articles/templatetags/articles_desk.py",  # the same blocks in the desk's previews
    "newsletters/blocks/filling.py",  # texts of editions, cleaned there
    "outlets/icons/__init__.py",  # our own drawings
    "outlets/plain_pages.py",  # a page's text, cleaned
    "outlets/styles.py",  # our own style sheets
    "outlets/rendering.py",  # rendered templates
    "press/jinja.py",  # words of our own catalogues, with what is put into them escaped
    "press/render.py",  # JSON that cannot leave its script
    "search/extracts.py",  # each word went through format_html
}


def layers() -> list[set[str]]:
    """Rows of the import contract, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rows = next(each["layers"] for each in contracts["contracts"] if each["type"] == "layers")
    return [{name.strip() for name in row.split("|")} for row in rows]


def height(label: str) -> int:
    """0 is the highest row."""
    return next(number for number, row in enumerate(layers()) if label in row)


def our_models() -> list[Any]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("masthead.")
        for model in config.get_models(include_auto_created=True)
    ]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_whatever_is_locked_installs_on_the_oldest_python(lock):
    names = re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    needs = {name: distribution(name).metadata["Requires-Python"] or "" for name in names}

    too_new = {name: it for name, it in needs.items() if OLDEST_PYTHON not in SpecifierSet(it)}

    assert needs
    assert too_new == {}


def test_foreign_keys_go_down_the_layers_as_imports_do():
    ours = {model._meta.app_label for model in our_models()}

    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        for here, there in [(model._meta.app_label, field.related_model._meta.app_label)]
        if there in ours and here != there and height(there) <= height(here)
    ]

    assert upwards == []


def test_foreign_keys_to_other_apps_leave_no_name_there_unless_it_is_used():
    """`related_name="+"`, so that a lower app's models do not grow with every feature."""
    named = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if not model._meta.auto_created
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation
        and field.model is model
        and field.related_model is not None
        and field.related_model._meta.app_label != model._meta.app_label
        and field.related_model._meta.app_label in {m._meta.app_label for m in our_models()}
        and not field.remote_field.hidden
        and field.remote_field.related_name
    }

    assert named - NAMED_ON_PURPOSE == set()


# Read from the other side, by the app that owns the key or by one above it.
NAMED_ON_PURPOSE = {
    "fronts.FrontLayout.outlet",
    "people.Author.user",
    "publishing.Release.article",
    "publishing.Version.article",
    "readers.Reader.user",
}


def documents() -> str:
    files = chain((ROOT / "docs").rglob("*.md"), [ROOT / "README.md", ROOT / "ARCHITECTURE.md"])
    return "\n".join(file.read_text("utf-8") for file in files if file.exists())


@pytest.mark.parametrize("key", [setting.key for setting in SETTINGS])
def test_every_setting_is_documented(key):
    reference = (ROOT / "docs/reference/settings.md").read_text("utf-8")

    assert (f"`{key}`" in reference, f"MASTHEAD_{key.upper()}" in reference) == (True, True)


def shown_commands() -> list[str]:
    context = cli.make_context("masthead", [], resilient_parsing=True)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return [name for name, command in found.items() if command and not command.hidden]


@pytest.mark.parametrize("name", shown_commands())
def test_every_command_is_documented(name):
    reference = (ROOT / "docs/reference/commands.md").read_text("utf-8")

    assert re.findall(rf"`(?:bin/)?(?:masthead )?{name}\b", reference) != []


@pytest.mark.parametrize("word", ["edit_panels", "on_release", "page_parts"])
def test_every_registry_is_documented(word):
    assert word in (ROOT / "docs/reference/registries.md").read_text("utf-8")


def test_no_document_names_a_setting_that_is_none():
    known = {f"MASTHEAD_{setting.key.upper()}" for setting in SETTINGS} | {"MASTHEAD_DATA"}

    assert set(re.findall(r"\bMASTHEAD_[A-Z_]*[A-Z]\b", documents())) - known == set()


def test_no_template_marks_anything_safe():
    marked = [
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.html")
        if re.search(
            r"\|\s*safe(?:seq)?\b|autoescape\s+(?:off|false)|Markup\(", file.read_text("utf-8")
        )
    ]

    assert marked == []


def test_only_known_places_mark_anything_safe():
    marking = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if re.search(r"\bmark_safe\(|\bSafeString\(|\bMarkup\(", file.read_text("utf-8"))
    }

    assert marking - MAY_MARK_SAFE == set()


def test_modules_stay_small():
    large = {
        str(file.relative_to(ROOT)): lines
        for file in chain(PACKAGE.rglob("*.py"), (ROOT / "benchmarks").rglob("*.py"))
        if "migrations" not in file.parts
        for lines in [len(file.read_text("utf-8").splitlines())]
        if lines > MOST_LINES
    }

    assert large == {}


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "misc", "common", "services", "managers"}

    assert [str(file) for file in PACKAGE.rglob("*.py") if file.stem in empty] == []


def test_sqlite_is_new_enough_for_two_writers():
    """Versions up to 3.51.2 can corrupt a WAL that two processes write."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL")

    assert connection.Database.sqlite_version_info >= (3, 51, 3)


def test_sqlite_is_the_same_for_whoever_imports_it():
    assert sqlite3.sqlite_version_info >= (3, 51, 3)
