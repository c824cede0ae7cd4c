"""How readers' templates are read."""

from typing import Any

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString
from jinja2 import UndefinedError

from masthead.press.jinja import environment


def printed(source: str, **context: Any) -> str:
    """As for readers; the tests' own environment is stricter."""
    return environment().from_string(source).render(context)


def test_everything_is_escaped_but_what_is_safe() -> None:
    shown = printed("{{ a }} {{ b }}", a="<b>'", b=SafeString("<b>"))

    assert shown == "&lt;b&gt;&#39; <b>"


def test_a_missing_name_prints_nothing_and_counts_as_false() -> None:
    assert printed("a{{ b.c.d }}{% if b.c %}e{% endif %}{% for f in b %}g{% endfor %}") == "a"


def test_in_tests_printing_a_missing_name_fails() -> None:
    template = engines["readers"].from_string("{% if not b.c %}a{% endif %}{{ b.c }}")

    with pytest.raises(UndefinedError):
        template.render({})


def test_words_are_those_of_the_language_in_force() -> None:
    said = []
    for language in ("en", "ar", "en"):
        with translation.override(language):
            said.append(printed('{{ _("Search") }}'))

    assert said == ["Search", "بحث", "Search"]


@pytest.mark.parametrize(
    "source",
    [
        "{% trans name=name %}Follow {{ name }}{% endtrans %}",
        "{% trans %}Follow {{ name }}{% endtrans %}",
        '{{ _("Follow %(name)s", name=name) }}',
    ],
)
def test_what_is_put_into_words_is_escaped_once(source: str) -> None:
    assert printed(source, name="<b> & co") == "Follow &lt;b&gt; &amp; co"
    assert printed(source, name=SafeString("<b>")) == "Follow <b>"


def test_words_follow_their_number() -> None:
    source = "{% trans n=n %}{{ n }} cat{% pluralize %}{{ n }} cats{% endtrans %}"

    assert [printed(source, n=n) for n in (1, 2)] == ["1 cat", "2 cats"]


def test_words_are_told_apart_by_their_context() -> None:
    with translation.override("ar"):
        assert printed('{{ pgettext("between names", ", ") }}') == "، "


def test_every_template_can_be_read_and_says_what_it_is_given() -> None:
    readers = engines["readers"].env
    names = readers.list_templates()

    silent = []
    for name in names:
        source = readers.loader.get_source(readers, readers.get_template(name).name)[0]
        if not source.startswith(("{#", "{% extends")):
            silent.append(name)

    assert len(names) > 50
    assert silent == []
