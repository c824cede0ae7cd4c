"""Every word a reader sees exists in each of the network's languages."""

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from masthead.articles.models import Kind
from tests.factories import a_section, an_article, an_author, an_outlet

# Of the network, the program and the formats: not words of a language.
NAMES = {"Northlight", "Masthead", "RSS", "Atom", "JSON", "Feed"}
TOOL = Path(__file__).parent.parent / "tools" / "messages.py"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[a-z]")


def load(file: Path) -> ModuleType:
    """A tool is a program, not a module of the package."""
    spec = importlib.util.spec_from_file_location(f"tool_{file.stem}", file)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    return tool


messages: Any = load(TOOL)
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_language_offered_has_a_catalogue() -> None:
    assert sorted(messages.LANGUAGES) == sorted(LANGUAGES)


def test_every_message_is_translated(language: str) -> None:
    assert messages.missing(language) == []


def test_the_catalogue_and_its_compiled_form_are_fresh(language: str) -> None:
    assert messages.is_fresh(language), "Run python tools/messages.py"


def test_translations_keep_the_placeholders(language: str) -> None:
    for entry in messages.read_catalogue(language):
        if not entry.msgid_plural:
            assert _placeholders(entry.msgstr) == _placeholders(entry.msgid), entry.msgid


def test_plural_forms_are_complete_and_keep_the_placeholders(language: str) -> None:
    plural = [entry for entry in messages.read_catalogue(language) if entry.msgid_plural]

    assert plural
    for entry in plural:
        wanted, forms = _placeholders(entry.msgid_plural), entry.msgstr_plural
        assert sorted(forms) == list(range(messages.plural_forms(language)))
        assert all(_placeholders(form) <= wanted for form in forms.values()), entry.msgid
        # None, one and two are words of their own in Arabic; from three on the number is said.
        assert all(_placeholders(forms[n]) == wanted for n in list(forms)[3:]), entry.msgid


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_arabic_has_its_six_plural_forms() -> None:
    with translation.override("ar"):
        said = [
            ngettext("%(count)d article", "%(count)d articles", n) % {"count": n}
            for n in (0, 1, 2, 3, 11, 100)
        ]

    assert said == ["لا مقالات", "مقالة واحدة", "مقالتان", "3 مقالات", "11 مقالة", "100 مقالة"]


def test_no_words_in_reader_templates_stand_outside_of_translation() -> None:
    untranslated = {
        file.relative_to(messages.PACKAGE).as_posix(): words
        for file in messages.reader_files()
        if file.suffix == ".html" and (words := _bare_words(file.read_text("utf-8")))
    }

    assert untranslated == {}


def _bare_words(source: str) -> list[str]:
    """Words a template prints as they stand, in text or in attributes that are read out."""
    for whole in (
        r"{#.*?#}",
        r"{% trans\b.*?{% endtrans %}",
        r"{%.*?%}",
        r"{{.*?}}",
        r"<style.*?</style>",
        r"<script.*?</script>",
    ):
        source = re.sub(whole, " ", source, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', source)
    texts = re.sub(r"<[^>]*>", "|", source).split("|")
    return [words.strip() for words in [*texts, *spoken] if re.search(r"[A-Za-z]{2}", words)]


@pytest.fixture
def articles(db: None) -> list[str]:
    """The addresses of three articles of an Arabic title: a report, an opinion, a paid one."""
    author = an_author("مها العلي")
    outlet = an_outlet(title="نداء الميناء", language="ar", tagline="")
    port = a_section(outlet, "الميناء")
    port.description = ""
    port.save_revision().publish()
    kinds = {"سفن بعد الغروب": Kind.REPORT, "أضواء جديدة": Kind.OPINION, "ليل": Kind.SPONSORED}
    made = [
        an_article(
            port,
            headline,
            text="<p>دخلت السفن.</p>",
            standfirst="",
            authors=[author],
            kind=kind,
            sponsor_name="مرسى" if kind == Kind.SPONSORED else "",
        )
        for headline, kind in kinds.items()
    ]
    return [f"{port.slug}/{article.slug}/" for article in made]


@pytest.fixture
def read(client: Any) -> Callable[[str], str]:
    host = {"host": "127.0.0.1:8000"}
    return lambda path: str(client.get(f"/courier/{path}", headers=host).content.decode())


def test_an_arabic_article_page_reads_from_right_to_left(read: Any, articles: list[str]) -> None:
    html = read(articles[0])

    assert '<html lang="ar" dir="rtl">' in html
    assert "المزيد من الميناء" in html
    assert "انتقل إلى المحتوى" in html


def test_no_english_is_left_on_arabic_pages(read: Any, articles: list[str]) -> None:
    paths = [
        "",
        articles[0].partition("/")[0] + "/",
        *articles,
        "archive/",
        "archive/2026/11/",
        "feeds/",
        "search/",
        "search/?q=سفن",
        "search/?q=لاشيء",
        "authors/مها-العلي/",
        "no/page/",
    ]

    english = {path: words for path in paths if (words := _latin_words(read(path)) - NAMES)}

    assert english == {}


def _latin_words(html: str) -> set[str]:
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", html, flags=re.DOTALL).partition("<body")[2]
    spoken = " ".join(re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', body))
    text = re.sub(r"<[^>]*>", " ", "<body" + body) + " " + spoken
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+", " ", text)))


def test_the_tool_reads_calls_in_modules_and_templates(tmp_path: Path) -> None:
    module, template = tmp_path / "a.py", tmp_path / "a.html"
    module.write_text(
        'from x import gettext as _\n_("One")\npgettext("day", "l j")\n'
        'ngettext("%(n)d cat", "%(n)d cats", n)\n_(name)\nclass Kind:\n    A = _("In a class")\n'
    )
    template.write_text(
        "{# _('Not said') #}{{ _('Two (or so)') }}{{ pgettext('names', \"and\") }}{{ _(name) }}"
        "{% trans n=n %}{{ n }} dog{% pluralize %}{{ n }} dogs{% endtrans %}"
        "{% trans a=b %}By {{ a }} (now){% endtrans %}{{ _('By %(a)s', a=b) }}"
    )

    def said(file: Path, **how: Any) -> list[tuple[str | None, str, str | None]]:
        return [(m.context, m.text, m.plural) for m in messages.messages_in(file, **how)]

    assert set(said(module)) == {
        (None, "One", None),
        ("day", "l j", None),
        (None, "%(n)d cat", "%(n)d cats"),
        (None, "In a class", None),
    }
    assert said(module, only={"Kind"}) == [(None, "In a class", None)]
    assert said(template) == [
        (None, "Two (or so)", None),
        ("names", "and", None),
        (None, "%(n)s dog", "%(n)s dogs"),
        (None, "By %(a)s (now)", None),
        (None, "By %(a)s", None),
    ]


def test_merging_keeps_translations_and_drops_what_is_no_longer_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "catalogue_path", lambda language: tmp_path / "django.po")
    said = {key: messages.Message(None, key, None) for key in ("Kept", "New")}
    monkeypatch.setattr(messages, "messages", lambda: {(None, key): m for key, m in said.items()})
    before = polib.POFile()
    before.append(polib.POEntry(msgid="Kept", msgstr="باقٍ"))
    before.append(polib.POEntry(msgid="Old", msgstr="قديم"))
    before.save(str(tmp_path / "django.po"))

    messages.write("ar")

    assert [(e.msgid, e.msgstr) for e in messages.read_catalogue("ar")] == [
        ("Kept", "باقٍ"),
        ("New", ""),
    ]
    assert messages.missing("ar") == ["New"]
    assert messages.is_fresh("ar")
