"""The screens of networks: who may open them, and what a person does there."""

from typing import Any

import pytest

from masthead.accounts.models import Role, User
from masthead.outlets.models import Outlet
from masthead.posting.actions.accounts import (
    AccountRefusal,
    change_account,
    disconnect_account,
)
from masthead.posting.models import Account, OwnWords, Post, State
from masthead.posting.terms import TERMS
from tests.factories import NOON, a_person, an_article, at_desk
from tests.posting.stand_ins.server import Said
from tests.publishing.test_doorways import form_of

pytestmark = pytest.mark.usefixtures("afternoon")
HERE = "/desk/networks/courier/"


@pytest.fixture
def fay(courier: Outlet) -> User:
    """Publishes the Courier."""
    return a_person("fay", Role.PUBLISHER, courier)


def shown(user: User, path: str = "") -> str:
    return at_desk(user).get(HERE + path).content.decode()


def pressed(user: User, post: Post, button: str, **given: str) -> str:
    answer = at_desk(user).post(f"{HERE}posts/{post.pk}/{button}/", given, follow=True)
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("", {"fay", "ada"}),
        ("log/", {"fay", "ada"}),
        ("waiting/", {"fay", "ada"}),
        ("connect/mastodon/", {"fay"}),
    ],
)
def test_accounts_are_the_publishers_and_posts_the_editors(fay, ada, bo, path, who):
    people = {"fay": fay, "ada": ada, "bo": bo}

    opened = {n for n, user in people.items() if at_desk(user).get(HERE + path).status_code == 200}

    assert opened == who


def test_empty_screens_say_what_they_are_for(ada):
    assert "No account is connected." in shown(ada)
    assert "Nothing has been told to any network yet." in shown(ada, "log/")
    assert "Nothing waits for a person." in shown(ada, "waiting/")


def test_an_account_is_connected_and_proved_and_its_key_is_not_shown_again(fay, port, mastodon):
    client = at_desk(fay)
    typed = {"handle": "@courier@social.example", "access_token": "mastodon-token", "mode": "ask"}

    client.post(f"{HERE}connect/mastodon/", typed)

    account = Account.objects.get()
    assert (account.handle, account.server) == ("courier@social.example", "https://social.example")
    assert account.secrets == {"access_token": "mastodon-token"}
    assert "mastodon-token" not in shown(fay, f"accounts/{account.pk}/")
    assert account.trouble != ""  # nobody answers there


def test_testing_says_how_the_network_knows_us(fay, on_mastodon):
    answer = at_desk(fay).post(f"{HERE}accounts/{on_mastodon.pk}/test/", follow=True)

    assert "Mastodon knows us as @courier" in answer.content.decode()
    on_mastodon.refresh_from_db()
    assert on_mastodon.known == {"id": "109"}


def test_keys_that_are_left_empty_stay(fay, on_mastodon):
    Account.objects.update(server="https://social.example")
    typed = {"handle": "courier@social.example", "server": "social.example", "mode": "off"}

    at_desk(fay).post(f"{HERE}accounts/{on_mastodon.pk}/", typed)

    on_mastodon.refresh_from_db()
    assert (on_mastodon.mode, on_mastodon.secrets) == ("off", {"access_token": "mastodon-token"})


@pytest.mark.parametrize(
    "moved",
    [
        {"handle": "courier@social.example", "server": "elsewhere.example"},
        {"handle": "courier@elsewhere.example", "server": ""},
    ],
)
def test_keys_are_not_shown_to_another_server(fay, on_mastodon, moved):
    Account.objects.update(server="https://social.example")
    address, typed = f"{HERE}accounts/{on_mastodon.pk}/", {"mode": "auto", **moved}

    said = at_desk(fay).post(address, typed).content.decode()
    stayed = Account.objects.get()
    at_desk(fay).post(address, typed | {"access_token": "new"})

    account = Account.objects.get()
    assert "For another server it has to be entered again." in said
    assert (stayed.server, stayed.secrets["access_token"]) == (
        "https://social.example",
        "mastodon-token",
    )
    assert account.server == "https://elsewhere.example"
    assert (account.secrets, account.known) == ({"access_token": "new"}, {})


def test_an_account_that_moved_meanwhile_does_not_take_its_keys_back(fay, on_mastodon):
    former = on_mastodon.server
    Account.objects.update(server="https://elsewhere.example")

    with pytest.raises(AccountRefusal, match="another server now"):
        change_account(account=on_mastodon, by=fay, mode="off", server=former)

    assert Account.objects.get().server == "https://elsewhere.example"


@pytest.mark.parametrize("secrets", [None, {"access_token": "new"}])
def test_a_change_does_not_bring_back_what_was_disconnected_meanwhile(fay, on_mastodon, secrets):
    disconnect_account(account=Account.objects.get(), by=fay, at=NOON)

    with pytest.raises(AccountRefusal, match="disconnected"):
        change_account(account=on_mastodon, by=fay, secrets=secrets, mode="off")

    account = Account.objects.get()
    assert (account.sealed, account.removed_at, account.mode) == ("", NOON, "auto")


def test_a_change_leaves_alone_what_it_is_not_about(fay, on_mastodon):
    Account.objects.update(paused_at=NOON, known={"id": "109"})

    change_account(account=on_mastodon, by=fay, mode="off")

    account = Account.objects.get()
    assert (account.mode, account.paused_at, account.known) == ("off", NOON, {"id": "109"})


def test_pausing_and_resuming(fay, port, on_mastodon, mastodon, work):
    client, address = at_desk(fay), f"{HERE}accounts/{on_mastodon.pk}/"
    client.post(f"{address}pause/")
    an_article(port)
    work()
    quiet = list(mastodon.asked)
    client.post(f"{address}resume/")
    work()

    assert (quiet, len(mastodon.made)) == ([], 1)


def test_disconnecting_forgets_the_keys_and_keeps_the_log(fay, ada, port, on_mastodon, work):
    an_article(port, "Port opens night trial")
    work()
    at_desk(fay).post(f"{HERE}accounts/{on_mastodon.pk}/disconnect/")

    on_mastodon.refresh_from_db()
    assert (on_mastodon.sealed, on_mastodon.removed_at is None) == ("", False)
    assert "Port opens night trial" in shown(ada, "log/")


def test_what_is_asked_first_goes_out_when_an_editor_says_so(
    ada, port, on_mastodon, mastodon, work
):
    Account.objects.update(mode="ask")
    an_article(port, "Port opens night trial")
    work()
    asked_for = shown(ada, "waiting/")
    pressed(ada, Post.objects.get(), "approve")
    work()

    assert "Port opens night trial" in asked_for
    assert (len(mastodon.made), Post.objects.get().by) == (1, ada)


def test_what_was_given_up_is_tried_again(ada, port, on_mastodon, mastodon, work):
    mastodon.trouble = [Said(422, {"error": "Text is not to our liking"})]
    an_article(port)
    work()
    page = shown(ada, "log/")
    Post.objects.update(claimed_at=None)
    pressed(ada, Post.objects.get(), "again")
    work()

    assert "Text is not to our liking" in page
    assert len(mastodon.made) == 1


@pytest.mark.parametrize("button", ["there", "send"])
def test_a_doubt_is_settled_by_a_person(ada, port, on_mastodon, mastodon, work, button):
    an_article(port)
    Account.objects.update(paused_at="2026-11-16T12:00Z")
    work()
    Account.objects.update(paused_at=None)
    Post.objects.update(state=State.IN_DOUBT)

    page = shown(ada, "waiting/")
    pressed(ada, Post.objects.get(), button, url="https://social.example/@courier/7")
    work()

    post = Post.objects.get()
    assert "It is there" in page
    assert (post.state, post.by, len(mastodon.made)) == ("done", ada, int(button == "send"))


def test_what_is_settled_already_is_not_settled_twice(ada, port, on_mastodon, mastodon, work):
    an_article(port)
    work()

    said = pressed(ada, Post.objects.get(), "send")

    assert "This is not in doubt any more." in said
    assert len(mastodon.made) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://social.example/\0", "https://[", "https:///7"]
)
def test_an_address_that_is_none_of_the_webs_is_refused(ada, port, on_mastodon, work, url):
    an_article(port)
    Post.objects.update(state=State.IN_DOUBT)
    work()
    Post.objects.update(state=State.IN_DOUBT)

    said = pressed(ada, Post.objects.get(), "there", url=url)

    assert "beginning with https://" in said
    assert Post.objects.get().state == State.IN_DOUBT


@pytest.mark.parametrize("articles", [1, 3])
def test_the_log_costs_the_same_at_one_and_at_three(
    ada, port, on_mastodon, work, articles, django_assert_max_num_queries: Any
):
    for _ in range(articles):
        an_article(port)
    work()
    client = at_desk(ada)
    client.get(f"{HERE}log/")

    with django_assert_max_num_queries(30) as found:  # most are the menu's
        client.get(f"{HERE}log/")

    COUNTED[articles] = len(found)
    assert len(set(COUNTED.values())) == 1


COUNTED: dict[int, int] = {}


@pytest.mark.django_db
@pytest.mark.parametrize("network", sorted(TERMS))
def test_every_networks_form_opens(fay, network):
    assert TERMS[network].label in shown(fay, f"connect/{network}/")


def test_the_editor_shows_what_each_network_will_say(ada, port, on_mastodon):
    article = an_article(port, "Port opens night trial", at=None)

    page = at_desk(ada).get(f"/desk/pages/{article.pk}/edit/").content.decode()

    assert "Port opens night trial\n\nhttp://127.0.0.1:8000/courier/port/" in page
    assert "47 of 500, as this network counts" in page


def test_an_own_text_counts_for_the_very_release_it_was_typed_with(
    ada, port, on_mastodon, mastodon, work
):
    article = an_article(port, "Port opens night trial", at=None)
    typed = {f"networks-text-{on_mastodon.pk}": "Lights on!"}

    at_desk(ada).post(f"/desk/pages/{article.pk}/edit/", form_of(article) | typed)
    work()

    [thing] = mastodon.things.values()
    assert thing["text"].startswith("Lights on!\n\nhttp://")


def test_signs_that_no_database_takes_are_left_out_of_an_own_text(ada, port, on_mastodon):
    article = an_article(port, at=None)
    typed = {f"networks-text-{on_mastodon.pk}": "\0Lights\r\non!"}

    at_desk(ada).post(f"/desk/pages/{article.pk}/edit/", form_of(article) | typed)

    assert OwnWords.objects.get().text == "Lights\non!"


def test_what_is_as_usual_again_leaves_nothing(ada, port, on_mastodon):
    article = an_article(port, at=None)
    OwnWords.objects.create(article=article, account=on_mastodon, choice="no")
    typed = {f"networks-text-{on_mastodon.pk}": "", f"networks-choice-{on_mastodon.pk}": ""}

    at_desk(ada).post(f"/desk/pages/{article.pk}/edit/", form_of(article) | typed)

    assert OwnWords.objects.count() == 0
