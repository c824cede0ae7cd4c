"""A newsletter that is a benefit of a plan: who joins it, what the page says, when one leaves."""

from datetime import timedelta

import pytest

from masthead.memberships.models import Plan, Price
from masthead.memberships.standings import benefits_in
from masthead.newsletters.addresses import edition_path
from masthead.newsletters.joining import actions, choices
from masthead.newsletters.joining.actions import NotOffered, Said
from masthead.newsletters.joining.members import for_members, leave_ended
from masthead.newsletters.joining.offered import tell_pages
from masthead.newsletters.models import LeftOut, Newsletter, Subscription
from masthead.newsletters.rules import granted_by
from masthead.newsletters.sending.freezing import count_listed, freeze
from masthead.readers.actions import find_or_add_reader
from masthead.readers.benefits import Granted, read_granted
from masthead.readers.granting import settle_grants
from masthead.readers.models import Benefit, Consent, Entitlement
from tests.factories import NOON
from tests.newsletters.kits import an_edition
from tests.newsletters.sending.lists import copies
from tests.newsletters.test_joining import sign_up

SAID = Said("port/", "signed-in", NOON)
ENDS = NOON + timedelta(days=30)


@pytest.fixture
def inner(evening):
    """The Courier's second newsletter, which the plan “Supporter” grants."""
    made = Newsletter.objects.create(
        outlet=evening.outlet,
        name="Inner Harbour",
        slug="inner",
        promise="What we heard on the quay",
        for_members=True,
    )
    word = granted_by(made).word
    plan = Plan.objects.create(
        name="Supporter", benefits=["ad-free", word], sold_by="stand-in", ref="prod_1"
    )
    Price.objects.create(plan=plan, currency="eur", amount_cents=500, every="month", ref="price_1")
    tell_pages(at=NOON)
    return made


def a_member(email="di@courier.example", plan=None):
    found = find_or_add_reader(email=email, at=NOON)
    found.proved_at = NOON
    found.save()
    settle_grants(
        reader=found,
        source=Entitlement.Source.SUBSCRIPTION,
        ref="sub_1",
        benefits=benefits_in(plan or Plan.objects.get()),
        starts_at=NOON,
        ends_at=ENDS,
        at=NOON,
    )
    return found


def test_what_went_to_members_stays_theirs_when_the_newsletter_is_for_everybody(inner, read):
    a_list = {"kind": "text", "html": "<p>Only for us.</p>"}
    actions.join(reader=a_member(), newsletter=inner, said=SAID)
    theirs = an_edition(inner, a_list)
    freeze(theirs, copies(theirs, at=NOON), at=NOON)
    Newsletter.objects.filter(pk=inner.pk).update(for_members=False)
    theirs.refresh_from_db()
    open_to_all = an_edition(Newsletter.objects.get(pk=inner.pk), a_list)
    freeze(open_to_all, copies(open_to_all, at=NOON), at=NOON + timedelta(hours=1))

    assert (theirs.for_members, theirs.released_at is not None) == (True, True)
    assert read(edition_path(theirs)).status_code == 404
    assert read(edition_path(open_to_all)).status_code == 200
    for path in ("newsletters/inner/", "newsletters/inner/feed.xml"):
        text = read(path).content.decode()
        assert str(open_to_all.public_id) in text
        assert str(theirs.public_id) not in text


@pytest.mark.parametrize(
    ("word", "granted"),
    [
        ("ad-free", Granted(Benefit.AD_FREE)),
        ("newsletter:0192", Granted(Benefit.NEWSLETTER, "0192")),
    ],
)
def test_what_is_granted_is_one_word_and_back(word, granted):
    assert (read_granted(word), granted.word) == (granted, word)


def test_plans_can_grant_each_members_newsletter_by_its_name(inner):
    assert for_members() == [
        (str(inner.public_id), "Newsletter “Inner Harbour” of The Harbour Courier")
    ]


def test_members_join_it_and_nobody_else_does(inner, reader):
    with pytest.raises(NotOffered, match="for members"):
        actions.join(reader=reader, newsletter=inner, said=SAID)

    actions.join(reader=a_member(), newsletter=inner, said=SAID)

    assert Subscription.objects.get().reader.email == "di@courier.example"


def test_the_answer_is_the_same_for_all_and_each_is_told_by_their_own_link(visitor, inner, mailbox):
    a_member("di@courier.example")
    answers, shown = set(), []
    for email in ("cy@courier.example", "di@courier.example"):
        answers.add(sign_up(visitor, inner, email=email)["Location"])
        shown.append("is for members" in visitor.post(mailbox.link()).content.decode())

    assert (answers, shown) == ({"/courier/newsletters/join/sent/"}, [True, False])
    assert Subscription.objects.get().reader.email == "di@courier.example"


def test_the_page_says_what_it_takes_and_the_newsletter_has_no_page_of_its_own(read, inner):
    body = read("newsletters/").content.decode()

    assert "For members: Supporter" in body
    assert 'href="/courier/membership/join/"' in body
    assert f'value="{inner.public_id}" checked' not in body
    assert "newsletters/inner/" not in body
    assert read("newsletters/inner/").status_code == 404


def test_ticking_it_among_the_preferences_joins_members_only(inner, evening, reader, saving_for):
    for each in (reader, a_member()):
        saving_for(each, inner, evening)

    got = Subscription.objects.filter(newsletter=inner).values_list("reader__email", flat=True)
    assert list(got) == ["di@courier.example"]
    assert Subscription.objects.filter(newsletter=evening).count() == 2


@pytest.fixture
def saving_for(offering):
    from django.http import QueryDict

    from masthead.readers.preferences import Saving

    def save(reader, *newsletters):
        ids = "&".join(
            f"{name}={each.public_id}"
            for each in newsletters
            for name in (choices.SHOWN, choices.TICKED)
        )
        saving = Saving(offering, "readers/preferences/", "link", NOON)
        choices.save(reader, QueryDict(ids), saving)

    return save


def test_it_ends_with_the_grant_at_once_for_copies_and_soon_on_the_list(inner, reader):
    di, edition = a_member(), an_edition(inner)
    actions.join(reader=di, newsletter=inner, said=SAID)
    before = count_listed(edition, at=ENDS - timedelta(seconds=1))
    after = count_listed(edition, at=ENDS)

    left = [leave_ended(at=at) for at in (ENDS - timedelta(seconds=1), ENDS, ENDS)]

    assert (before["frozen"], after["frozen"], after[LeftOut.NO_MEMBER]) == (1, 0, 1)
    assert left == [0, 1, 0]
    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.left_through) == ("left", "membership")
    assert Consent.objects.order_by("-pk")[0].given is False


def test_it_goes_to_no_other_address_than_a_members(inner, evening, reader):
    di = a_member()
    for each in (inner, evening):
        actions.join(reader=di, newsletter=each, said=SAID)

    moved = actions.move_all(old=di, new=reader, said=SAID)

    still = Subscription.objects.filter(state="active").order_by("newsletter__name")
    assert moved == 1
    assert [(each.newsletter.name, each.reader.email) for each in still] == [
        ("Inner Harbour", "di@courier.example"),
        ("The Evening Courier", "cy@courier.example"),
    ]
