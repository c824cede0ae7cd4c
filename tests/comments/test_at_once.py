"""What one does while another decides: edits, objections, notices."""

from datetime import timedelta

import pytest

from masthead.accounts.models import User
from masthead.comments.actions.changing import edit_comment
from masthead.comments.actions.deciding import AlreadyDecided, approve_comment
from masthead.comments.actions.posting import Writer
from masthead.comments.actions.speaking_up import HOLDS_AFTER, Notice, report_comment
from masthead.comments.models import House, State
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from tests.comments.conftest import Saying, a_reader
from tests.factories import NOON

LATER = NOON + timedelta(minutes=5)


def test_nobody_approves_words_that_were_put_there_since_and_they_are_new_to_the_desk(
    say: Saying, eve: Reader, ada: User, courier_sheet: Sheet
) -> None:
    said = say(eve, "A nice day.")
    approve_comment(comment=said, by=ada, at=LATER, seen_as=said.seen_as)
    said.refresh_from_db()
    seen_as, looked_at = said.seen_as, House.objects.get().new
    writer = Writer(eve, is_proved=True)

    edit_comment(comment=said, sheet=courier_sheet, writer=writer, text="Not so nice.", at=LATER)

    with pytest.raises(AlreadyDecided, match="changed it since"):
        approve_comment(comment=said, by=ada, at=LATER, seen_as=seen_as)
    said.refresh_from_db()
    assert (looked_at, House.objects.get().new, said.seen) == (0, 1, False)
    approve_comment(comment=said, by=ada, at=LATER, seen_as=said.seen_as)


def test_one_reader_and_notices_without_an_account_hold_nothing(say: Saying, eve: Reader) -> None:
    said = say(eve, "A nice day.")
    notice = Notice("illegal", "He threatens me.", law="§ 241")
    for _ in range(HOLDS_AFTER - 1):
        report_comment(comment=said, notice=notice, reader=None, at=LATER)

    report_comment(comment=said, notice=Notice("spam"), reader=a_reader("Cy"), at=LATER)
    said.refresh_from_db()
    by_one = said.state
    for name in ("Di", "Fay", "Gus", "Hal"):
        report_comment(comment=said, notice=Notice("spam"), reader=a_reader(name), at=LATER)
    said.refresh_from_db()

    assert (by_one, said.state) == (State.APPROVED, State.HELD)
