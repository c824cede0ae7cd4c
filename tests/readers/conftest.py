import pytest

from tests.mailbox import Mailbox


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return Mailbox()
