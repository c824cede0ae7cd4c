"""Exports of other systems become threads, each comment once, and all of ours go out."""

import json
from pathlib import Path
from typing import Any

import pytest

from masthead.articles.models import PublishedArticle
from masthead.comments.bringing_in.actions import bring_in
from masthead.comments.bringing_in.brought import Bad, BadExport, Brought
from masthead.comments.bringing_in.files import coral, disqus, wordpress
from masthead.comments.bringing_in.out import export_lines
from masthead.comments.bringing_in.threads import take_over
from masthead.comments.models import Comment, House, Person, State, Thread
from masthead.outlets.models import Outlet, Section
from masthead.readers.models import Reader
from tests.factories import NOON, a_section, an_article, an_outlet

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>
<link>https://old.example/2020/05/{slug}/</link>
<wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_author>Ola</wp:comment_author>
<wp:comment_author_email>Ola@Old.example</wp:comment_author_email>
<wp:comment_date_gmt>2020-05-01 10:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[First <b>words</b> <script>x()</script>]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>12</wp:comment_id><wp:comment_author>Pia</wp:comment_author>
<wp:comment_date_gmt>2020-05-01 11:00:00</wp:comment_date_gmt>
<wp:comment_content>An answer</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>11</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>13</wp:comment_id><wp:comment_author>Spam</wp:comment_author>
<wp:comment_date_gmt>2020-05-01 12:00:00</wp:comment_date_gmt>
<wp:comment_content>Cheap</wp:comment_content><wp:comment_approved>spam</wp:comment_approved>
<wp:comment_parent>12</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>14</wp:comment_id><wp:comment_type>pingback</wp:comment_type>
<wp:comment_content>ping</wp:comment_content></wp:comment>
</item><item><link>https://old.example/gone/</link>
<wp:comment><wp:comment_id>15</wp:comment_id>
<wp:comment_date_gmt>2020-05-01 10:00:00</wp:comment_date_gmt>
<wp:comment_content>Lost</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
</wp:comment></item></channel></rss>"""
DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="7"><link>https://old.example/{path}</link></thread>
<post dsq:id="1"><message><![CDATA[<p>First</p>]]></message>
<createdAt>2020-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ola</name></author><thread dsq:id="7"/></post>
<post dsq:id="2"><message>Second</message><createdAt>2020-05-01T11:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Pia</name></author>
<thread dsq:id="7"/><parent dsq:id="1"/></post></disqus>"""


def write(folder: Path, text: str) -> Path:
    file = folder / "export"
    file.write_text(text, "utf-8")
    return file


def test_wordpress_threads_times_and_states_are_kept_and_nothing_doubles(
    place: PublishedArticle, courier: Outlet, tmp_path: Path, read: Any
) -> None:
    slug = place.path.rstrip("/").rpartition("/")[2]
    file = write(tmp_path, WXR.replace("{slug}", slug))

    accounts = [
        bring_in(wordpress(file), source="wordpress", outlet=courier, at=NOON) for _ in range(2)
    ]

    first, answer, spam = Comment.objects.order_by("pk")
    assert [each.accounts_for_all for each in accounts] == [True, True]
    assert [(each.read, each.brought, each.again) for each in accounts] == [(4, 3, 0), (4, 0, 3)]
    assert accounts[0].without_article == {"https://old.example/gone/": 1}
    assert (first.text, first.posted_at.hour, first.replies) == ("First words", 10, 1)
    assert (answer.parent, answer.root, spam.root, spam.state) == (first, first, first, "rejected")
    assert (Thread.objects.get().shown, House.objects.get().all) == (2, 3)
    assert Reader.objects.get(email="ola@old.example").proved_at is None
    assert Person.objects.get().approved == 1
    page = read(place.path).content.decode()
    assert ("First words" in page, "Cheap" in page) == (True, False)


def test_disqus_posts_find_their_thread(
    place: PublishedArticle, courier: Outlet, tmp_path: Path
) -> None:
    file = write(tmp_path, DISQUS.replace("{path}", place.path))

    account = bring_in(disqus(file), source="disqus", outlet=courier, at=NOON)

    assert (account.brought, account.orphans) == (2, 0)
    assert Comment.objects.get(source_id="2").parent == Comment.objects.get(source_id="1")


def test_numbers_of_two_titles_exports_mean_nothing_to_each_other(
    place: PublishedArticle, courier: Outlet, tmp_path: Path
) -> None:
    gazette = an_outlet(slug="gazette", title="The Gazette")
    an_article(a_section(gazette))
    there = PublishedArticle.objects.get(outlet=gazette)

    accounts = [
        bring_in(
            disqus(write(tmp_path, DISQUS.replace("{path}", at.path))),
            source="disqus",
            outlet=outlet,
            at=NOON,
        )
        for outlet, at in ((courier, place), (gazette, there), (courier, place))
    ]

    assert [(each.brought, each.again) for each in accounts] == [(2, 0), (2, 0), (0, 2)]
    assert Comment.objects.filter(outlet=gazette, parent__source_id="1").count() == 1


def test_coral_comments_know_their_stories_and_users(
    place: PublishedArticle, courier: Outlet, tmp_path: Path
) -> None:
    rows = [
        {"id": "s", "url": f"https://old.example/{place.path}"},
        {"id": "u", "username": "Ola", "email": "ola@old.example"},
        {"id": "c", "storyID": "s", "authorID": "u", "status": "APPROVED",
         "createdAt": "2020-05-01T10:00:00.000Z", "revisions": [{"body": "<div>Hi<br>you</div>"}]},
        {"id": "d", "storyID": "s", "parentID": "x", "status": "PREMOD",
         "createdAt": {"$date": 1_588_327_200_000}, "revisions": [{"body": "Hm, hm"}]},
    ]  # fmt: skip
    file = write(tmp_path, "\n".join(json.dumps(each) for each in rows))

    account = bring_in(coral(file), source="coral", outlet=courier, at=NOON)

    assert (account.brought, account.orphans) == (2, 1)
    assert Comment.objects.get(source_id="c").text == "Hi\nyou"
    assert Comment.objects.get(source_id="d").state == State.HELD


def test_stopped_between_two_threads_and_run_again_it_ends_as_if_run_once(
    place: PublishedArticle, courier: Outlet, port: Section, tmp_path: Path, monkeypatch: Any
) -> None:
    other = PublishedArticle.objects.get(article=an_article(port, "Ferries stop"))
    rows = [
        {"id": f"{where.pk}{each}", "storyID": "s", "status": "APPROVED",
         "storyURL": f"https://old.example/{where.path}", "body": "Hm, hm",
         "parentID": above and f"{where.pk}{above}", "createdAt": "2020-05-01T10:00:00"}
        for each, above in (("c", "b"), ("b", "a"), ("a", ""))
        for where in (place, other)
    ]  # fmt: skip
    file = write(tmp_path, "\n".join(json.dumps(each) for each in rows))
    taken = []

    def break_off(*given: Any, **more: Any) -> Any:
        if taken:
            raise KeyboardInterrupt
        taken.append(take_over(*given, **more))
        return taken[0]

    monkeypatch.setattr("masthead.comments.bringing_in.actions.take_over", break_off)
    with pytest.raises(KeyboardInterrupt):
        bring_in(coral(file), source="coral", outlet=courier, at=NOON)
    half = Comment.objects.count(), House.objects.get().all
    monkeypatch.undo()
    account = bring_in(coral(file), source="coral", outlet=courier, at=NOON)

    threads = Thread.objects.order_by("pk").values_list("shown", "first__count")
    tied = Comment.objects.filter(has_place=True, root__replies=2, parent__isnull=False)
    assert half == (3, 3)
    assert (account.brought, account.again, account.orphans) == (3, 3, 0)
    assert list(threads) == [(3, 3), (3, 3)]
    assert (tied.count(), Comment.objects.exclude(marks=[]).count()) == (4, 0)
    assert House.objects.get().all == 6


def test_bad_records_are_told_with_their_numbers_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = {"storyID": "s", "id": "1", "createdAt": "2020-05-01T10:00:00Z", "body": "Hm"}
    lines = [json.dumps(good | each) for each in (
        {}, {"createdAt": "soon"}, {"id": ""}, {"createdAt": 9**20}, {"revisions": "all"},
        {"createdAt": "0001-01-01T00:00:00+09:00"}, {"id": "2"},
    )]  # fmt: skip
    file = write(tmp_path, "\n".join([*lines[:5], "{half", *lines[5:]]))

    found = list(coral(file))

    assert [each.number for each in found if isinstance(each, Bad)] == [2, 3, 4, 5, 6, 7]
    assert [each.id for each in found if isinstance(each, Brought)] == ["1", "2"]


def test_a_file_that_breaks_off_changes_nothing(
    place: PublishedArticle, courier: Outlet, tmp_path: Path
) -> None:
    slug = place.path.rstrip("/").rpartition("/")[2]
    file = write(tmp_path, WXR.replace("{slug}", slug)[:-40])

    with pytest.raises(BadExport):
        bring_in(wordpress(file), source="wordpress", outlet=courier, at=NOON)

    assert (Comment.objects.count(), Reader.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["no xml", "<rss><item>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;"])
def test_what_is_no_export_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadExport):
        list(wordpress(write(tmp_path, text)))


def test_everything_goes_out(place: PublishedArticle, say: Any, eve: Reader) -> None:
    said = say(eve, "All of it.")

    row = json.loads(next(iter(export_lines())))

    assert (row["id"], row["text"], row["state"]) == (str(said.public_id), "All of it.", "approved")
    assert (row["path"], row["email"]) == (place.path, "eve@readers.example")
