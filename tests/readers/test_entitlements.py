"""What readers may have: granted, united, ended."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from masthead.accounts.models import User
from masthead.readers.actions import (
    AlreadyEnded,
    end_entitlement,
    find_or_add_reader,
    grant_entitlement,
)
from masthead.readers.models import Benefit, Entitlement, Reader
from masthead.readers.queries import benefits_of
from tests.factories import NOON

BOTH = frozenset({Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES})
HOUR = timedelta(hours=1)


@pytest.fixture
def reader(cy: User) -> Reader:
    return find_or_add_reader(email=cy.email, at=NOON, user=cy)


def test_a_reader_is_one_whatever_the_case_of_the_address(db):
    first = find_or_add_reader(email="Cy@Example.org ", at=NOON)

    assert find_or_add_reader(email="cy@example.org", at=NOON + HOUR) == first
    assert (Reader.objects.get().email, Reader.objects.get().joined_at) == ("cy@example.org", NOON)


def test_a_reader_is_tied_to_a_user_once_known(cy):
    find_or_add_reader(email=cy.email, at=NOON)

    assert find_or_add_reader(email=cy.email, at=NOON, user=cy).user == cy


def test_a_reader_stays_with_the_first_user(cy, ada):
    find_or_add_reader(email=cy.email, at=NOON, user=cy)

    assert find_or_add_reader(email=cy.email, at=NOON, user=ada).user == cy


def test_nobody_has_nothing(db, cy):
    assert benefits_of(user=AnonymousUser(), at=NOON) == frozenset()
    assert benefits_of(user=cy, at=NOON) == frozenset()


def test_benefits_are_the_union_of_the_grants_in_force(reader, ada, cy, django_assert_num_queries):
    for benefit in BOTH:
        grant_entitlement(reader=reader, benefit=benefit, by=ada, at=NOON)
    Entitlement.objects.create(
        reader=reader, benefit=Benefit.AD_FREE, source=Entitlement.Source.GIFT, starts_at=NOON
    )

    with django_assert_num_queries(1):
        found = benefits_of(user=cy, at=NOON)

    assert found == BOTH


@pytest.mark.parametrize(
    ("minutes", "has"), [(-1, False), (0, True), (59, True), (60, False), (61, False)]
)
def test_a_grant_holds_from_its_start_until_its_end(reader, ada, cy, minutes, has):
    grant_entitlement(reader=reader, benefit=Benefit.AD_FREE, by=ada, at=NOON, until=NOON + HOUR)

    found = benefits_of(user=cy, at=NOON + timedelta(minutes=minutes))

    assert (Benefit.AD_FREE in found) == has


def test_granting_again_changes_the_end_and_adds_nothing(reader, ada):
    grant_entitlement(reader=reader, benefit=Benefit.AD_FREE, by=ada, at=NOON)

    again = grant_entitlement(
        reader=reader, benefit=Benefit.AD_FREE, by=ada, at=NOON, until=NOON + HOUR
    )

    assert (Entitlement.objects.get(), again.ends_at) == (again, NOON + HOUR)


def test_a_grant_that_is_over_stays_as_history_when_another_is_given(reader, ada):
    year = timedelta(days=365)
    for begins in (NOON, NOON + year, NOON + 2 * year):
        grant_entitlement(
            reader=reader, benefit=Benefit.AD_FREE, by=ada, at=begins, until=begins + HOUR
        )

    given = Entitlement.objects.order_by("starts_at").values_list("starts_at", "ends_at")
    assert list(given) == [(at, at + HOUR) for at in (NOON, NOON + year, NOON + 2 * year)]


def test_ending_stops_it_and_keeps_it_as_history(reader, ada, cy):
    grant = grant_entitlement(reader=reader, benefit=Benefit.AD_FREE, by=ada, at=NOON)

    end_entitlement(entitlement=grant, at=NOON + HOUR)

    assert benefits_of(user=cy, at=NOON + HOUR) == frozenset()
    assert Entitlement.objects.get().ends_at == NOON + HOUR


def test_what_has_ended_cannot_be_ended_again(reader, ada):
    grant = grant_entitlement(
        reader=reader, benefit=Benefit.AD_FREE, by=ada, at=NOON, until=NOON + HOUR
    )

    with pytest.raises(AlreadyEnded):
        end_entitlement(entitlement=grant, at=NOON + 2 * HOUR)

    assert Entitlement.objects.get().ends_at == NOON + HOUR


@pytest.mark.parametrize("at", [NOON, NOON - HOUR])
def test_what_has_not_begun_is_taken_back_altogether(reader, ada, at):
    grant = grant_entitlement(reader=reader, benefit=Benefit.AD_FREE, by=ada, at=NOON)

    end_entitlement(entitlement=grant, at=at)

    assert Entitlement.objects.count() == 0


def test_the_database_refuses_a_grant_that_ends_before_it_starts(reader):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.create(
            reader=reader, benefit=Benefit.AD_FREE, source="gift", starts_at=NOON, ends_at=NOON
        )
