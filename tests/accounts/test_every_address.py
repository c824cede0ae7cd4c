"""Role × address × outlet: what belongs to another title or section stays there."""

import gc

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from masthead.accounts.doors import is_shut
from masthead.accounts.models import Role
from masthead.articles.models import ArticlePage

from .addresses import addresses_of, named_addresses
from .conftest import MARK, Title, a_client, at_desk
from .policy import (
    FOR_EDITORS,
    FOR_MODERATORS,
    FOR_OWNERS,
    FOR_PUBLISHERS,
    OF_ONE_OUTLET,
    OPEN_TO_STAFF,
    OWN_ACCOUNT,
    POLICIES,
    PUBLIC,
)

REFUSED = {302, 403, 404, 405}
# `failwhale` is there to show what a failure looks like.
FAILS_ON_PURPOSE = {"wagtailadmin_error_test"}


def test_every_address_declares_who_may_call_it():
    declared = sorted(name for names in POLICIES.values() for name in names)

    assert declared == sorted(named_addresses())


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REPORTER, Role.EDITOR, Role.PUBLISHER])
def test_no_role_reaches_what_belongs_to_another_outlet(role, a_person, courier, beacon):
    client = at_desk(a_person("eve", role, courier.outlet))

    reached = _reached(client, OF_ONE_OUTLET, beacon)

    assert reached == []


def test_a_section_reporter_reaches_nothing_of_the_section_next_door(bo, courier):
    client = at_desk(bo)
    names = [name for name in OF_ONE_OUTLET if name.startswith("wagtailadmin_pages:")]
    neighbour = Title(
        courier.outlet,
        courier.sport,
        courier.sport,
        courier.sport_draft,
        courier.sport_draft.latest_revision,
        courier.sport_draft,
        courier.files,
    )

    reached = _reached(client, names, neighbour)

    assert reached == []


# Wagtail leaves the temporary file of a thumbnail to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("role", [Role.REPORTER, Role.PUBLISHER])
def test_no_list_shows_what_belongs_to_another_outlet(role, a_person, courier, beacon):
    client = at_desk(a_person("eve", role, courier.outlet))
    client.raise_request_exception = False

    shown = []
    for name in sorted(OPEN_TO_STAFF - FAILS_ON_PURPOSE):
        for address in addresses_of(beacon, name):
            for tried in (address, _searched(address)):
                answer = client.get(tried)
                # A screen that failed proves nothing.
                if answer.status_code >= 500 or MARK.encode() in answer.content:
                    shown.append(f"{answer.status_code} {tried}")
    gc.collect()

    assert shown == []


@pytest.mark.parametrize(
    "address",
    [
        "/desk/choose-page/chosen-multiple/?id=%2B{draft}",
        "/desk/choose-page/chosen-multiple/?id=%20{draft}",
        "/desk/bulk/wagtailcore/page/unpublish/?id=%2B{draft}",
        "/desk/bulk/wagtailcore/page/unpublish/?id=all",
        "/desk/bulk/wagtailcore/page/unpublish/?id=all&q=bridge",
        "/desk/bulk/wagtailcore/page/unpublish/?id=all&childOf={root}&q=bridge",
        "/desk/bulk/wagtailcore/page/unpublish/?id=all&childOf=%2B{news}",
        "/desk/images/chooser/chosen/+{picture}/",
        "/desk/images/chooser/chosen-multiple/?id=%2B{picture}",
        "/desk/documents/chooser/chosen/+{document}/",
        "/desk/documents/chooser/chosen-multiple/?id=%2B{document}",
    ],
)
def test_however_an_id_is_written_it_opens_nothing_of_another_outlet(bo, beacon, address, root):
    files = {kind: file.pk for kind, file in beacon.files.items()}
    tried = address.format(draft=beacon.draft.pk, news=beacon.news.pk, root=root.pk, **files)

    answer = at_desk(bo).get(tried)

    assert answer.status_code in REFUSED
    assert MARK.encode() not in answer.content


def test_all_of_a_listing_in_ones_own_part_can_be_chosen(fay, courier):
    address = f"/desk/bulk/wagtailcore/page/unpublish/?id=all&childOf={courier.news.pk}"

    assert at_desk(fay).get(address).status_code == 200


@pytest.mark.parametrize(
    "where", ["lead picture", "picture block", "unfinished block", "document block"]
)
def test_a_file_of_another_outlet_goes_into_no_article_by_its_number(bo, courier, beacon, where):
    picture, document = beacon.files["picture"].pk, beacon.files["document"].pk
    lead = picture if where == "lead picture" else ""
    blocks = {
        "picture block": [("picture", {"picture": picture, "width": "wide"})],
        "unfinished block": [("chart", {"picture": picture, "alt": ""})],
        "document block": [("document", {"document": document})],
    }
    form = nested_form_data(
        {
            "title": "Quay",
            "slug": "quay",
            "kind": "report",
            "access": "open",
            "lead_picture": lead,
            "article_authors": inline_formset([]),
            "comments": inline_formset([]),
            "body": streamfield(blocks.get(where, [])),
        }
    )

    answer = at_desk(bo).post(f"/desk/pages/add/articles/articlepage/{courier.news.pk}/", form)

    assert "belongs to another title" in str(answer.context["form"].errors)
    assert answer.context["form"]["title"].value() == "Quay"
    assert MARK.encode() not in answer.content
    assert not ArticlePage.objects.filter(slug="quay").exists()


def test_searching_for_a_strangers_draft_shows_it_to_its_owner_only(owner, bo, beacon):
    address = f"/desk/api/main/pages/?descendant_of={beacon.outlet.pk}"

    seen = at_desk(owner).get(address).content
    hidden = at_desk(bo).get(address).content

    assert (MARK.encode() in seen, MARK.encode() in hidden) == (True, False)


def test_the_networks_settings_are_shut_to_a_publisher(fay, courier, beacon):
    reached = _reached(at_desk(fay), FOR_OWNERS, courier)

    assert reached == []


def test_people_screens_are_shut_to_an_editor(ada, courier):
    reached = _reached(at_desk(ada), FOR_PUBLISHERS, courier)

    assert reached == []


def test_bylines_topics_and_comments_are_shut_to_a_reporter(bo, courier):
    reached = _reached(at_desk(bo), FOR_EDITORS | FOR_MODERATORS, courier)

    assert reached == []


def test_whoever_only_moderates_finds_the_comments_and_their_own_account(a_person, courier):
    eve = a_person("eve", Role.MODERATOR, courier.outlet)

    open_to_her = set()
    for name in {name for names in POLICIES.values() for name in names} - PUBLIC - OWN_ACCOUNT:
        for address in addresses_of(courier, name):
            request = RequestFactory().get(address)
            request.resolver_match = resolve(address.partition("?")[0], "masthead.conf.urls")
            if not is_shut(request, eve):
                open_to_her.add(name)

    ours = {"wagtailadmin_account", "wagtailadmin_dismissibles"}
    ways_out = {"wagtailadmin_logout"}
    assert open_to_her - ways_out == FOR_MODERATORS | ours


def test_without_signing_in_nothing_opens_but_the_public_addresses(courier):
    closed = {name for names in POLICIES.values() for name in names} - PUBLIC

    reached = _reached(a_client(), closed - {"account_reauthenticate"}, courier)

    assert reached == []


def test_a_chooser_offers_other_outlets_published_pages_but_not_their_drafts(bo, beacon):
    Page.objects.filter(pk=beacon.sport_draft.pk).update(live=True, title="Published match")

    client = at_desk(bo)
    sport = client.get(f"/desk/choose-page/{beacon.sport.pk}/").content
    news = client.get(f"/desk/choose-page/{beacon.news.pk}/").content

    assert (b"Published match" in sport, MARK.encode() in news) == (True, False)


def _reached(client: Client, names: set[str] | list[str], title: Title) -> list[str]:
    client.raise_request_exception = False
    reached = []
    for name in sorted(names):
        for address in addresses_of(title, name):
            for method in (client.get, client.post):
                answer = method(address)
                body = b"" if answer.streaming else answer.content
                if answer.status_code not in REFUSED or MARK.encode() in body:
                    reached.append(f"{answer.status_code} {address}")
    return reached


def _searched(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}q=bridge"
