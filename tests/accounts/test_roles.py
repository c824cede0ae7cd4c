"""What each role may do, and what giving and taking roles does."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupPagePermission, ModelLogEntry, Page

from masthead.accounts import actions, queries, rules
from masthead.accounts.grants import collection_for, shared_collection
from masthead.accounts.models import Assignment, Role, User

from .conftest import PASSWORD, a_client, a_draft, at_desk

# On an article of the place: add below its section, change, publish, delete; then the outlet page.
WHAT_ROLES_MAY = [
    (Role.CONTRIBUTOR, (True, False, False, False, False)),
    (Role.REPORTER, (True, True, False, False, False)),
    (Role.EDITOR, (True, True, True, False, False)),
    (Role.MODERATOR, (False, False, False, False, False)),
    (Role.PUBLISHER, (True, True, True, True, True)),
    (Role.OWNER, (True, True, True, True, True)),
]


@pytest.mark.parametrize(("role", "expected"), WHAT_ROLES_MAY)
def test_each_role_may_do_its_part(role, expected, a_person, courier, root):
    place = root if role == Role.OWNER else courier.outlet
    user = a_person("eve", role, place)

    may = (
        rules.may(user, "add", courier.news),
        rules.may(user, "change", courier.draft),
        rules.may_publish(user, courier.draft),
        rules.may_delete(user, courier.draft),
        rules.may_edit_outlet(user, courier.outlet),
    )

    assert may == expected


@pytest.mark.parametrize(("role", "expected"), WHAT_ROLES_MAY)
def test_wagtails_own_tester_agrees(role, expected, a_person, courier, root):
    user = a_person("eve", role, root if role == Role.OWNER else courier.outlet)
    section, article, outlet = (
        Page.objects.get(pk=page.pk).permissions_for_user(user)
        for page in (courier.news, courier.draft, courier.outlet)
    )

    may = (section.can_add_subpage(), article.can_edit(), article.can_publish(), outlet.can_edit())

    assert may == (*expected[:3], expected[4])


def test_a_contributor_changes_only_their_own_article(a_person, courier):
    eve = a_person("eve", Role.CONTRIBUTOR, courier.news)
    hers = a_draft(courier.news, "Hers", owner=eve)

    assert (rules.may(eve, "change", hers), rules.may(eve, "change", courier.draft)) == (
        True,
        False,
    )


def test_an_editor_cannot_delete_what_was_published(ada, courier):
    answer = at_desk(ada).post(f"/desk/pages/{courier.draft.pk}/delete/")

    assert (answer.status_code, Page.objects.filter(pk=courier.draft.pk).exists()) == (302, True)


def test_an_editor_cannot_delete_through_the_desks_api_or_in_bulk(ada, courier):
    pk = courier.draft.pk
    client = at_desk(ada)

    api = client.post(f"/desk/api/main/pages/{pk}/action/delete/", content_type="application/json")
    bulk = client.post(f"/desk/bulk/wagtailcore/page/delete/?id={pk}")

    assert (api.status_code, bulk.status_code, Page.objects.filter(pk=pk).exists()) == (
        404,
        302,
        True,
    )


def test_a_role_needs_few_permission_rows(a_person, courier):
    a_person("eve", Role.PUBLISHER, courier.outlet)

    assert GroupPagePermission.objects.filter(group__name__startswith="Publisher").count() == 6


def test_one_collection_per_outlet_is_made(courier, ada, bo, fay):
    names = Collection.objects.filter(depth=2).order_by("name").values_list("name", flat=True)

    assert list(names) == ["Courier", "Network"]


def test_a_renamed_outlet_keeps_its_files_under_its_new_name(courier):
    before = collection_for(courier.outlet)
    Page.objects.filter(pk=courier.outlet.pk).update(title="The New Courier", slug="new-courier")

    after = collection_for(Page.objects.get(pk=courier.outlet.pk))

    assert (after.pk, after.name) == (before.pk, "The New Courier")


def test_two_outlets_of_one_name_do_not_share_their_files(courier, beacon):
    Page.objects.filter(pk=beacon.outlet.pk).update(title=courier.outlet.title)

    theirs = collection_for(Page.objects.get(pk=beacon.outlet.pk))

    assert theirs != collection_for(courier.outlet)


def test_an_outlet_named_like_the_shared_collection_does_not_get_it(courier):
    Page.objects.filter(pk=courier.outlet.pk).update(title="Network")
    own = collection_for(Page.objects.get(pk=courier.outlet.pk))

    assert shared_collection() != own


def test_a_renamed_outlet_keeps_its_group(ada, courier, a_person):
    Page.objects.filter(pk=courier.outlet.pk).update(title="The New Courier")

    a_person("eve", Role.EDITOR, Page.objects.get(pk=courier.outlet.pk))

    assert Group.objects.filter(name__startswith="Editor:").count() == 1


def test_changing_a_role_takes_the_old_rights_away(ada, courier):
    actions.assign_role(user=ada, role=Role.REPORTER, place=courier.outlet, by=None)

    ada = User.objects.get(pk=ada.pk)
    held = list(Assignment.objects.filter(user=ada).values_list("role", flat=True))
    assert (held, rules.may_publish(ada, courier.draft)) == (["reporter"], False)


def test_removing_a_role_ends_sessions_and_rights(bo, courier):
    client = at_desk(bo)

    actions.remove_role(user=bo, place=courier.news, by=None)

    bo = User.objects.get(pk=bo.pk)
    assert (client.get("/desk/").status_code, rules.may_see(bo, courier.draft)) == (302, False)


def test_removing_a_role_leaves_other_peoples_sessions(bo, ada, courier):
    client = at_desk(ada)

    actions.remove_role(user=bo, place=courier.news, by=None)

    assert client.get("/desk/").status_code == 200


def test_a_publisher_gives_no_role_in_another_outlet(fay, bo, beacon):
    with pytest.raises(actions.NotAllowed):
        actions.assign_role(user=bo, role=Role.REPORTER, place=beacon.outlet, by=fay)


def test_a_moderator_looks_after_a_whole_title(bo, courier):
    with pytest.raises(actions.NotAllowed):
        actions.assign_role(user=bo, role=Role.MODERATOR, place=courier.sport, by=None)


def test_a_publisher_makes_no_owner(fay, bo, root):
    with pytest.raises(actions.NotAllowed):
        actions.assign_role(user=bo, role=Role.OWNER, place=root, by=fay)


def test_a_publisher_of_the_network_takes_no_owners_role(a_person, owner, root):
    eve = a_person("eve", Role.PUBLISHER, root)

    with pytest.raises(actions.NotAllowed):
        actions.assign_role(user=owner, role=Role.EDITOR, place=root, by=eve)


def test_the_last_owner_stays(owner, root):
    with pytest.raises(actions.LastOwner):
        actions.remove_role(user=owner, place=root, by=None)


def test_taking_a_role_that_is_not_there_is_an_error(bo, beacon):
    with pytest.raises(actions.NoSuchRole):
        actions.remove_role(user=bo, place=beacon.outlet, by=None)


def test_giving_and_taking_stand_in_the_audit_log(fay, bo, courier):
    actions.assign_role(user=bo, role=Role.EDITOR, place=courier.sport, by=fay)
    actions.remove_role(user=bo, place=courier.sport, by=fay)

    entries = ModelLogEntry.objects.filter(user=fay).order_by("pk")
    assert [(entry.action, entry.data["role"]) for entry in entries] == [
        ("masthead.accounts.assign_role", "editor"),
        ("masthead.accounts.remove_role", "editor"),
    ]


def test_places_and_outlets_of_a_section_reporter(bo, courier, beacon):
    outlets = [page.pk for page in queries.outlet_pages_for(bo)]
    places = [page.pk for page in queries.places_of(bo)]

    assert (places, outlets) == ([courier.news.pk], [courier.outlet.pk])


def test_refreshing_groups_restores_lost_rows(ada, courier):
    GroupPagePermission.objects.filter(group__user=ada).delete()

    written = actions.refresh_groups()

    ada = User.objects.get(pk=ada.pk)
    assert (written, rules.may_publish(ada, courier.draft)) == (1, True)


def test_signing_out_everywhere_ends_all_sessions(bo):
    here, there = at_desk(bo), at_desk(bo)

    here.post("/account/sessions/end/")

    assert [client.get("/desk/").status_code for client in (here, there)] == [302, 302]


def test_a_changed_password_ends_the_other_sessions(bo):
    here, there = at_desk(bo), at_desk(bo)
    new = "a-rather-longer-password-than-before"

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert [client.get("/desk/").status_code for client in (here, there)] == [200, 302]


def test_signing_in_asks_the_same_of_known_and_unknown_addresses(bo):
    answers = [
        a_client().post("/account/login/", {"login": login, "password": "wrong-wrong-wrong"})
        for login in (bo.email, "nobody@courier.example")
    ]

    errors = [answer.context["form"].errors.as_text() for answer in answers]
    assert errors[0] == errors[1]
    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_password_reset_answers_the_same_for_known_and_unknown_addresses(bo):
    answers = [
        a_client().post("/account/password/reset/", {"email": email})
        for email in (bo.email, "nobody@courier.example")
    ]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/account/password/reset/done/")
    ] * 2


@pytest.mark.parametrize("weak", ["short-1", "password1234"])
def test_a_weak_password_is_refused(bo, weak):
    at_desk(bo).post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    assert User.objects.get(pk=bo.pk).check_password(PASSWORD)
