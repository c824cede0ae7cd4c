"""Articles that the index knows, and what is found of them."""

from collections.abc import Callable
from typing import Any

import pytest

from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.publishing.models import Release
from masthead.search.actions import index_release
from masthead.search.asked import Asked, ask
from masthead.search.models import SearchEntry
from masthead.search.queries import find_matches
from masthead.search.query import read_query
from tests.factories import an_article


def asked(outlet: Outlet, typed: str, **more: Any) -> Asked:
    return ask(read_query(typed), sheets=[get_sheet(outlet_id=outlet.pk)], **more)


@pytest.fixture
def found(courier: Outlet) -> Callable[..., list[str]]:
    """Headlines found by what somebody typed, newest first."""

    def find(typed: str, **more: Any) -> list[str]:
        ids = find_matches(asked(courier, typed, **more))
        names = dict(SearchEntry.objects.values_list("pk", "headline"))
        return [names[each] for each in ids]

    return find


def indexed(section: Section, headline: str, **more: Any) -> Any:
    article = an_article(section, headline, **more)
    carry_all()
    return article


def carry_all() -> None:
    for release in Release.objects.order_by("pk"):
        index_release(release_id=release.pk)
