"""The newsroom of the accounts' tests, since the same people are tempted here."""

from tests.accounts.conftest import a_person, ada, bo, courier, fay, owner, root

__all__ = ["a_person", "ada", "bo", "courier", "fay", "owner", "root"]
