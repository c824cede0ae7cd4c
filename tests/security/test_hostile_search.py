"""Whatever is typed into the search box, either database answers it."""

import pytest

from masthead.search.queries import find_matches
from masthead.search.query import read_query
from tests.accounts.conftest import at_desk

pytestmark = pytest.mark.django_db
# PostgreSQL's `unaccent` makes quotes, colons and slashes of some of these.
HOSTILE = [
    "ŉ",
    "ʹ ʻ ʼ ʽ ˈ ː",
    "nightː* ʼOR",
    "½ ⅔",
    "_",
    '"',
    '""" -"',
    "-night",
    "a" * 5_000,
    "NEAR(night trial)",
    "night* OR 1=1;--",
    "night\0trial",
    "\ud800",
    "' & !( <-> :*",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_find_something_or_nothing_and_never_fail(typed):
    found = find_matches(read_query(typed), outlet_id=1)

    assert found == []


# Wagtail leaves the file of a thumbnail open.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("typed", ['"', 'the "bridge', "a\0b"])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/desk/articles/", "q"),
        ("/desk/choose-page/search/", "q"),
        ("/desk/images/", "q"),
        ("/desk/documents/", "q"),
        ("/desk/media/", "q"),
        ("/desk/api/main/pages/", "search"),
    ],
)
def test_a_quote_in_the_desks_search_boxes_is_no_failure(path, field, typed, owner, courier):
    client = at_desk(owner)
    client.raise_request_exception = False

    answer = client.get(path, {field: typed})

    assert answer.status_code < 500
