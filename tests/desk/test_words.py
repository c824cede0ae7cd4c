"""The newsroom's words on Wagtail's screens: pictures and recordings, not images and media."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
import wagtailmedia
from django.urls import reverse
from django.utils.html import strip_tags

import masthead
from tests.factories import at_desk

WORDS = Path(masthead.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
THEIRS = re.compile(r"\b(images?|media)\b", re.IGNORECASE)
VARIABLES = re.compile(r"%\(\w+\)[sd]|\{\d\}|<[^>]+>")


def said(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Wagtail's words and ours, in the singular and, if there is one, the plural."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [
        (entry.msgid, entry.msgstr_plural[0]),
        (entry.msgid_plural, entry.msgstr_plural[1]),
    ]


def test_our_words_keep_the_variables_and_lose_the_others_words():
    pairs = [pair for entry in polib.pofile(str(WORDS)) for pair in said(entry)]

    assert [pair for pair in pairs if THEIRS.search(VARIABLES.sub("", pair[1]))] == []
    assert [
        pair for pair in pairs if sorted(VARIABLES.findall(pair[0])) != variables_of(pair[1])
    ] == []


def variables_of(text: str) -> list[str]:
    return sorted(VARIABLES.findall(text))


def test_wagtail_still_says_what_we_say_otherwise():
    theirs = {
        entry.msgid
        for package in (Path(wagtail.__file__).parent, Path(wagtailmedia.__file__).parent)
        for catalogue in package.rglob("locale/en/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(catalogue))
    }

    assert {entry.msgid for entry in polib.pofile(str(WORDS))} - theirs == set()


def test_what_is_compiled_is_what_is_written():
    compiled = polib.mofile(str(WORDS.with_suffix(".mo")))

    assert [said(entry) for entry in compiled] == [
        said(entry) for entry in sorted(polib.pofile(str(WORDS)), key=lambda each: each.msgid)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "wagtailimages:index",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages_chooser:choose",
        "wagtailmedia:index",
        "wagtailmedia:chooser",
    ],
)
def test_screens_of_files_speak_of_pictures_and_recordings(name, olga):
    answer = at_desk(olga).get(reverse(name))

    page = answer.content.decode()
    if answer["Content-Type"].startswith("application/json"):
        page = answer.json()["html"]
    words = strip_tags(re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL))
    assert answer.status_code == 200
    assert THEIRS.findall(words) == []
