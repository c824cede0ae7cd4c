"""What is withdrawn while an edition goes out goes out no more."""

from datetime import timedelta

import pytest

from masthead.mail.models import State
from masthead.newsletters.models import Delivery, Edition, EditionCopy, EditionState
from masthead.newsletters.sending import actions, dispatch, marks
from masthead.newsletters.sending.doubts import settle_doubt
from masthead.newsletters.taking_back import follow_withdrawal, says
from masthead.publishing.actions import withdraw_article
from tests.factories import NOON, an_article
from tests.newsletters.kits import article
from tests.newsletters.sending.lists import an_edition, on_the_list
from tests.newsletters.sending.servers import LATER, SILENT, Server

MINUTE = timedelta(minutes=1)


@pytest.fixture
def gone(port):
    return an_article(port, "Mayor accused")


@pytest.fixture
def edition(newsletter, port, sheet, gone):
    """Of two articles, to six readers; it is printed and frozen when it is sent."""
    for each in range(6):
        on_the_list(newsletter, f"reader{each}", at=NOON)
    stays = an_article(port, "Crab quota")
    blocks = [
        article(gone, size="lead", headline="", text=""),
        article(stays, size="row", headline="", text=""),
    ]
    return an_edition(
        newsletter, at=NOON, subject="Mayor accused", preheader="Crab quota", blocks=blocks
    )


def withdraw(page):
    return withdraw_article(article=page, by=None, at=NOON, reason="It was wrong.")


def told(server):
    """Whose mail said it."""
    return {
        mail.recipient.partition("@")[0] for mail in server.taken if b"Mayor accused" in mail.data
    }


def test_a_withdrawal_stops_it_before_the_next_claim_and_it_goes_on_without(
    edition, gone, send, monkeypatch
):
    server, write = Server(lines=1), marks.Book.write

    def write_and_withdraw(self, new, *, at):
        write(self, new, at=at)
        if len(server.taken) == 2:
            gone.refresh_from_db()
            if gone.live:
                withdraw(gone)

    monkeypatch.setattr("masthead.newsletters.sending.sender.GROUP", 1)
    monkeypatch.setattr(marks.Book, "write", write_and_withdraw)

    send(edition, server)

    assert edition.state == EditionState.SENT
    assert server.took() == {f"reader{n}": 1 for n in range(6)}
    had_it = told(server)
    assert had_it in ({"reader0", "reader1", "reader2"}, {f"reader{n}" for n in range(4)})
    rows = Delivery.objects.filter(edition=edition).order_by("pk").select_related("copy")
    sent_before = {row.address.partition("@")[0] for row in rows if row.copy.replaced_at}
    assert sent_before == had_it
    assert EditionCopy.objects.filter(edition=edition, replaced_at=None).count() == 2
    assert (edition.subject, edition.number, edition.counts["frozen"]) == ("Crab quota", 1, 6)


def test_what_was_put_off_or_in_doubt_and_those_who_joined_since_get_it_without(
    edition, gone, send, newsletter
):
    server = Server({"reader0": [LATER], "reader1": [SILENT]})
    send(edition, server)
    withdraw(gone)
    settle_doubt(Delivery.objects.get(state=State.IN_DOUBT), sent=False, at=NOON)
    actions.wake(edition.pk)
    server.taken.clear()

    send(edition, server, at=NOON + 2 * MINUTE)
    assert (edition.state, server.took()) == (EditionState.SENT, {"reader0": 1, "reader1": 1})
    on_the_list(newsletter, "di", at=NOON)
    actions.send_to_new_joiners(edition=edition, by=None)
    send(edition, server, at=NOON + 3 * MINUTE)

    assert (edition.state, server.took()["di"], told(server)) == (EditionState.SENT, 1, set())


def test_killed_before_or_after_it_is_printed_anew_the_next_sender_goes_on(
    edition, gone, send, monkeypatch
):
    server = Server({"reader0": [LATER]})
    send(edition, server)
    withdraw(gone)
    server.taken.clear()
    print_anew = dispatch.copies_of
    killed = []

    def die(edition, at, *, after):
        if after:
            print_anew(edition, at=at)
        killed.append(after)
        raise KeyboardInterrupt

    for after in (False, True):
        monkeypatch.setattr(
            dispatch, "copies_of", lambda edition, at, a=after: die(edition, at, after=a)
        )
        with pytest.raises(KeyboardInterrupt):
            send(edition, server, at=NOON + (2 + after) * MINUTE)
    monkeypatch.setattr(dispatch, "copies_of", print_anew)
    send(edition, server, at=NOON + 5 * MINUTE)

    assert (killed, edition.state) == ([False, True], EditionState.SENT)
    assert (server.took(), told(server)) == ({"reader0": 1}, set())
    assert edition.copies.count() == 4


def test_an_edition_of_nothing_else_waits_for_a_person(edition, gone, send):
    edition.blocks = edition.blocks[:1]
    edition.save()
    server = Server({"reader0": [LATER]})
    send(edition, server)
    withdraw(gone)

    send(edition, server, at=NOON + 2 * MINUTE)

    assert (edition.state, server.took().get("reader0")) == (EditionState.PAUSED, None)
    assert edition.trouble == "There is nothing in this edition to send."


@pytest.mark.parametrize(
    ("words", "headline", "named"),
    [
        ("Mayor accused", "Mayor accused", True),
        ("Today: Mayor accused, and more", "Mayor accused", True),
        ("Crab quota · Mayor accused of taking…", "Mayor accused of taking bribes", True),
        ("Crab quota · Mayor…", "Mayor accused of taking bribes", False),
        ("Crab quota", "Mayor accused", False),
    ],
)
def test_words_that_say_a_headline(words, headline, named):
    assert says(words, [headline]) is named


def test_what_was_sent_and_what_is_to_come_is_called_otherwise_from_then_on(edition, gone, send):
    send(edition, Server())
    planned = Edition.objects.create(
        newsletter=edition.newsletter,
        subject="Mayor accused",
        blocks=edition.blocks,
        made_at=NOON,
    )

    follow_withdrawal(release_id=withdraw(gone).pk)

    planned.refresh_from_db()
    edition.refresh_from_db()
    assert (edition.subject, planned.subject) == ("Crab quota", "Crab quota")
