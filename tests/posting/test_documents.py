"""Articles as records for programs (standard.site): kept, changed, deleted, named by pages."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.accounts.models import Role
from masthead.articles.models import Access
from masthead.outlets.queries import get_sheet
from masthead.outlets.standard_site import document_uri, publication_uri, record_name
from masthead.posting.actions.accounts import check_account, disconnect_account
from masthead.posting.actions.documents import KeptElsewhere, keep_documents
from masthead.posting.models import Account, Act, OwnWords, Post, State
from masthead.publishing.actions import publish_article, withdraw_article
from tests.factories import NOON, a_person, an_article, at_desk
from tests.posting.conftest import an_account
from tests.posting.kits import KITS
from tests.posting.stand_ins.bluesky import DID
from tests.posting.stand_ins.server import Said, StandInNetwork
from tests.posting.test_ledger import at_once, changed

pytestmark = pytest.mark.usefixtures("afternoon")
RECORDS = "site.standard.document"


@pytest.fixture
def bluesky(start: Any) -> StandInNetwork:
    network: StandInNetwork = start(KITS["bluesky"].stand_in())
    return network


@pytest.fixture
def keeper(courier: Any, port: Any, bluesky: Any) -> Account:
    """An account that keeps records, and posts only when an article asks for it."""
    account = an_account(courier, KITS["bluesky"], server=bluesky.url, mode="off")
    keep_documents(account=account, wanted=True, at=NOON)
    check_account(account=account, at=NOON)
    return account


def documents(there: Any) -> list[dict[str, Any]]:
    return [record for (kind, _), record in there.records.items() if kind == RECORDS]


def read(client: Any, path: str) -> Any:
    return client.get(path, headers={"host": "127.0.0.1"})


def test_a_released_article_is_kept_as_a_record(courier, port, keeper, bluesky, work):
    article = an_article(port, "Port opens night trial", standfirst="Ships by night.")
    work()

    [record] = documents(bluesky)
    sheet = get_sheet(outlet_id=courier.pk)
    assert record["site"] == publication_uri(sheet)
    assert record["path"] == f"/port/{article.slug}/"
    assert record["title"] == "Port opens night trial"
    assert record["description"] == "Ships by night."
    assert record["publishedAt"].endswith("Z")
    [post] = Post.objects.all()
    assert (post.act, post.state) == (Act.RECORD, State.DONE)
    assert post.remote_id == f"at://{DID}/{RECORDS}/{record_name(article.public_id)}"


def test_the_record_follows_the_article(port, keeper, bluesky, work):
    article = an_article(port, "Port opens night trial")
    work()

    changed(article, "Port stays shut")
    at_once()
    work()

    assert [record["title"] for record in documents(bluesky)] == ["Port stays shut"]

    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")
    at_once()
    work()

    assert documents(bluesky) == []
    assert list(bluesky.records) != []  # the publication stays


def test_a_record_that_was_asked_for_is_not_written_by_an_older_release(
    port, keeper, bluesky, work
):
    """Both wait; the newer says it, the older has nothing to say."""
    article = an_article(port, "Port opens night trial")
    bluesky.troubled, bluesky.trouble = "putRecord", [Said(503)]
    work()

    changed(article, "Port stays shut")
    at_once()
    work()
    at_once()
    work()

    assert [p.state for p in Post.objects.order_by("pk")] == [State.DROPPED, State.DONE]
    assert [record["title"] for record in documents(bluesky)] == ["Port stays shut"]


def test_of_a_members_article_only_the_open_part_is_kept(port, keeper, bluesky, work):
    body = [("text", f"<p>Paragraph {n}.</p>") for n in range(9)]
    an_article(port, access=Access.MEMBERS, body=body)
    work()

    [record] = documents(bluesky)
    assert "Paragraph 0." in record["textContent"]
    assert "Paragraph 8." not in record["textContent"]


def test_what_is_not_to_be_posted_there_is_not_kept_there(port, keeper, bluesky, work):
    draft = an_article(port, at=None)
    OwnWords.objects.create(account=keeper, article=draft, choice=OwnWords.Choice.NO)

    publish_article(article=draft, by=None, at=timezone.now())
    work()

    assert documents(bluesky) == []


def test_the_page_names_its_record_and_the_outlet_its_publication(
    client, courier, port, keeper, bluesky, work
):
    article = an_article(port)
    work()

    page = read(client, f"/courier/port/{article.slug}/").content.decode()
    sheet = get_sheet(outlet_id=courier.pk)
    uri = document_uri(sheet, public_id=article.public_id, updated_at=NOON.isoformat())
    assert f'<link rel="{RECORDS}" href="{uri}">' in page
    assert uri == Post.objects.get().remote_id
    for path in ("/courier/.well-known/{}", "/.well-known/{}/courier"):
        answer = read(client, path.format("site.standard.publication"))
        assert answer.content.decode().strip() == documents(bluesky)[0]["site"]
        assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_without_a_keeper_no_page_names_a_record(client, courier, port, keeper, work):
    article = an_article(port)
    work()

    disconnect_account(account=keeper, by=None, at=NOON)

    page = read(client, f"/courier/port/{article.slug}/").content.decode()
    assert "site.standard" not in page
    for path in ("/courier/.well-known/{}", "/.well-known/{}/courier", "/.well-known/{}/none"):
        assert read(client, path.format("site.standard.publication")).status_code == 404


def test_an_article_from_before_names_no_record(client, courier, port, bluesky):
    article = an_article(port)
    account = an_account(courier, KITS["bluesky"], server=bluesky.url)

    keep_documents(account=account, wanted=True, at=timezone.now())
    check_account(account=account, at=NOON)

    page = read(client, f"/courier/port/{article.slug}/").content.decode()
    assert "site.standard.document" not in page


def test_a_publisher_says_whether_records_are_kept(courier, port, keeper):
    fay = a_person("fay", Role.PUBLISHER, courier)
    Account.objects.update(server="https://pds.example")
    typed = {"handle": keeper.handle, "server": "https://pds.example", "mode": "off"}

    at_desk(fay).post(f"/desk/networks/courier/accounts/{keeper.pk}/", typed)
    assert Account.objects.get().documents_since is None

    at_desk(fay).post(f"/desk/networks/courier/accounts/{keeper.pk}/", typed | {"documents": "on"})
    assert Account.objects.get().documents_since is not None


def test_a_second_account_is_told_who_keeps_them(courier, keeper):
    fay = a_person("fay", Role.PUBLISHER, courier)
    typed = {"handle": "news.example", "app_password": "a", "mode": "off", "documents": "on"}

    answer = at_desk(fay).post("/desk/networks/courier/connect/bluesky/", typed)

    assert f"{keeper} keeps them already" in answer.content.decode()


def test_only_one_account_of_an_outlet_keeps_records(courier, keeper, bluesky):
    other = an_account(courier, KITS["bluesky"], server="https://pds.example")

    with pytest.raises(KeptElsewhere):
        keep_documents(account=other, wanted=True, at=NOON)
