"""What may stand in a letter, and which prompt stands on which page: no database."""

from types import SimpleNamespace

import pytest

from masthead.memberships import lettering
from masthead.memberships.prompt_parts import prompt_at
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Benefit

ADS, FREE, MEMBER = frozenset(), {Benefit.AD_FREE}, {Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES}


@pytest.mark.parametrize(
    ("kind", "subject", "text", "wrong"),
    [
        ("welcome", "Hello", "{plan} is yours.\n\n{account_url}", ""),
        ("welcome", "", "Text", "needs a subject"),
        ("welcome", "Hello", "  ", "needs a subject"),
        ("welcome", "Hello {amount}", "Text", "{amount} cannot stand"),
        ("welcome", "Hello", "{ plan }", "{ plan } cannot stand"),
        ("welcome", "Hello", "{plan", "not closed"),
        ("failing-3", "Card", "{amount} for {plan}", ""),
        ("receipt", "{paid}", "{number}", ""),
        ("gift", "A gift", "No code in here", "must say {code}"),
        ("gift", "{code}", "Only in the subject", "must say {code}"),
        ("gift", "A gift", "{code}", ""),
    ],
)
def test_only_what_a_letter_knows_may_stand_in_it(kind, subject, text, wrong):
    try:
        lettering.check(kind=kind, subject=subject, text=text)
        said = ""
    except lettering.TextRefusal as refusal:
        said = str(refusal)

    assert (bool(said), wrong in said) == (bool(wrong), True)


def test_placeholders_are_filled_once_and_the_rest_stays():
    values = {"plan": "{amount}", "amount": "€5"}

    assert lettering.filled("{plan}, {amount}, {else}, {}", values) == "{amount}, €5, {else}, {}"


@pytest.mark.parametrize(
    ("letter", "about", "kind"),
    [
        ("failing", "2026-11-01:0", "failing-0"),
        ("failing", "2026-11-01:7", "failing-7"),
        ("receipt", "in_1", "receipt"),
        ("goodbye", "sub:1", "goodbye"),
    ],
)
def test_every_letter_that_is_written_has_a_text_to_change(letter, about, kind):
    assert lettering.kind_of(letter, about) == kind
    assert kind in lettering.KINDS


def a_prompt(**fields):
    return {
        "id": "0123456789ab",
        "headline": "Read on",
        "text": "",
        "button": "Join",
        "leads_to": "join",
        "audience": "everybody",
        "pages": "articles",
        "section": None,
        "place": "after_text",
        "after": 0,
        "days": 0,
        **fields,
    }


class Class:
    """A class of readers that notes whether it was asked for."""

    def __init__(self, benefits):
        self.benefits, self.was_asked = benefits, False

    def has(self, benefit):
        self.was_asked = True
        return benefit in self.benefits


def page(*prompts, benefits=ADS, access="open", section=7, front=False):
    sheet = Sheet(
        id=1,
        public_id="1",
        slug="courier",
        name="Courier",
        base="https://courier.example",
        network_name="N",
        network_base="https://n.example",
        supplements={"memberships": {"prompts": list(prompts)}},
    )
    article = {
        "url": "/port/story/",
        "access": access,
        "section": SimpleNamespace(id=section, parent_id=3),
    }
    return {
        "sheet": sheet,
        "reader_class": Class(benefits),
        **({} if front else {"article": article}),
    }


@pytest.mark.parametrize(
    ("prompt", "where", "stands"),
    [
        ({}, {}, True),
        ({}, {"front": True}, False),
        ({"place": "end"}, {}, False),
        ({"pages": "fronts"}, {}, False),
        ({"pages": "fronts"}, {"front": True}, True),
        ({"pages": "open"}, {"access": "members"}, False),
        ({"pages": "for-members"}, {"access": "members"}, True),
        ({"pages": "for-members"}, {}, False),
        ({"section": 7}, {}, True),
        ({"section": 3}, {}, True),
        ({"section": 8}, {}, False),
        ({"audience": "with-ads"}, {"benefits": ADS}, True),
        ({"audience": "with-ads"}, {"benefits": FREE}, False),
        ({"audience": "ad-free"}, {"benefits": FREE}, True),
        ({"audience": "ad-free"}, {"benefits": ADS}, False),
        ({"audience": "no-members"}, {"benefits": FREE}, True),
        ({"audience": "no-members"}, {"benefits": MEMBER}, False),
        ({"audience": "members"}, {"benefits": MEMBER}, True),
        ({"audience": "members"}, {"benefits": ADS}, False),
    ],
)
def test_a_prompt_stands_where_and_for_whom_it_is_meant(prompt, where, stands):
    assert (prompt_at("after_text", page(a_prompt(**prompt), **where)) is not None) == stands


def test_the_first_that_fits_stands_alone():
    first, second = a_prompt(audience="members"), a_prompt(headline="Second")

    built = prompt_at("after_text", page(first, second, a_prompt(headline="Third")))

    assert built["prompt"]["headline"] == "Second"


def test_a_class_is_asked_for_only_where_the_answer_matters():
    everybody, elsewhere = page(a_prompt()), page(a_prompt(audience="members", section=99))

    for each in (everybody, elsewhere):
        prompt_at("after_text", each)

    assert (everybody["reader_class"].was_asked, elsewhere["reader_class"].was_asked) == (
        False,
        False,
    )


@pytest.mark.parametrize(
    ("fields", "has_script"), [({}, False), ({"after": 3}, True), ({"days": 7}, True)]
)
def test_a_script_comes_only_with_what_depends_on_the_device(fields, has_script):
    built = prompt_at("after_text", page(a_prompt(**fields)))

    assert bool(built["script"]) is has_script


def test_it_leads_back_to_the_article_and_says_which_prompt_it_was():
    built = prompt_at("after_text", page(a_prompt()))

    assert built["url"] == "/membership/join/?from=port/story/&way=prompt:0123456789ab"
