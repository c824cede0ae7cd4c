"""Whatever is typed into the desk's search boxes, either database answers it."""

import gc

import pytest

from tests.accounts.conftest import at_desk

pytestmark = pytest.mark.django_db


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
    gc.collect()

    assert answer.status_code < 500
