"""The command line as somebody types it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.cli import cli
from masthead.cli.status import gather
from masthead.publishing.actions import withdraw_article
from masthead.publishing.on_release import ways_out
from masthead.search.models import SearchEntry
from tests.factories import a_section, an_article, an_outlet

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def alone(*arguments: str, data: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, with a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
    return subprocess.run(
        [sys.executable, "-m", "masthead", *arguments, "--data", str(data)],
        cwd=ROOT,
        env=kept | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_help_lists_the_commands_by_task():
    lines = [line.rstrip() for line in run("--help").output.splitlines()]

    tasks = [line for line in lines if line in {f"{task}:" for task in cli.tasks}]
    assert tasks == [f"{task}:" for task in cli.tasks]
    first = lines.index("Run:") + 1
    listed = [line.split()[0] for line in lines[first : first + 5]]
    assert listed == ["up", "web", "newsroom", "app", "worker"]


@pytest.mark.parametrize("name", [name for names in cli.tasks.values() for name in names])
def test_every_command_tells_about_itself_and_takes_its_data_folder(name):
    arguments = [name, "page"] if name == "import" else [name]

    told = run(*arguments, "--help")

    assert told.exit_code == 0
    assert "--data DIR" in told.output


def test_a_command_that_is_none_is_refused():
    told = run("pblish")

    assert (told.exit_code, "No such command 'pblish'" in told.output) == (2, True)


@pytest.mark.parametrize("bind", ["8000", "host", "host:", ":8000", "host:0", "host:99999", "h:x"])
def test_a_place_to_listen_that_is_none_is_refused(bind):
    from click import BadParameter

    from masthead.cli.web import split_bind

    with pytest.raises(BadParameter, match="is not HOST:PORT"):
        split_bind(bind)


def test_a_place_to_listen_may_be_of_the_newer_kind():
    from masthead.cli.web import split_bind

    assert (split_bind("[::1]:8000"), split_bind("h:1")) == (("::1", 8000), ("h", 1))


@pytest.mark.parametrize("network_url", ["", "http://127.0.0.1:8000"])
def test_who_binds_every_address_is_told_what_lets_other_machines_in(monkeypatch, network_url):
    from masthead.cli import web

    monkeypatch.setattr(web, "_own_address", lambda: "192.0.2.7")
    hosts = ["127.0.0.1", "localhost", "[::1]"]

    told = web.hint_for_other_machines(bind="0.0.0.0:8000", network_url=network_url, hosts=hosts)

    assert told is not None
    assert "MASTHEAD_NETWORK_URL=http://192.0.2.7:8000" in told


@pytest.mark.parametrize(
    ("bind", "network_url", "hosts"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000", ["localhost"]),
        ("0.0.0.0:8000", "http://192.0.2.7:8000", ["localhost"]),
        ("[::]:8000", "http://127.0.0.1:8000", ["localhost", "192.0.2.7"]),
    ],
)
def test_who_has_said_it_is_told_nothing(bind, network_url, hosts):
    from masthead.cli.web import hint_for_other_machines

    assert hint_for_other_machines(bind=bind, network_url=network_url, hosts=hosts) is None


def test_a_wrong_setting_ends_in_one_sentence(tmp_path):
    ended = alone("status", data=tmp_path, MASTHEAD_WEB_THREADS="many")

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.strip() == (
        "Error: MASTHEAD_WEB_THREADS is 'many'; accepted: a whole number from 1."
    )


def test_a_folder_that_was_never_set_up_ends_in_one_sentence(tmp_path):
    ended = alone("status", data=tmp_path)

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "masthead set-up" in ended.stderr


@pytest.fixture
def port(db: None) -> Any:
    return a_section(an_outlet())


def test_status_is_facts(port):
    an_article(port)
    an_article(port, at=None)

    facts = json.loads(run("status", "--json").output)

    assert (facts["outlets"], facts["published_articles"]) == (["The Harbour Courier"], 1)
    assert facts["releases_not_carried"] == len(ways_out())
    assert set(facts) == set(gather())


def test_status_for_people_has_a_line_a_fact(port):
    told = run("status").output.splitlines()

    assert [line.split("  ")[0] for line in told] == [name.replace("_", " ") for name in gather()]


def test_rebuilding_writes_again_what_readers_read(port):
    article = an_article(port, "Port opens", text="<p>Ships enter.</p>")
    PublishedArticle.objects.all().delete()

    told = run("rebuild")

    assert told.exit_code == 0
    assert PublishedArticle.objects.get().article_id == article.pk
    assert SearchEntry.objects.get().body == "Ships enter."


def test_a_sign_in_address_for_somebody(db):
    User.objects.create_user("ada@courier.example", None)

    told = json.loads(run("sign-in", "ada@courier.example", "--json").output)

    assert told["email"] == "ada@courier.example"
    assert told["url"].startswith("http://localhost:8000/account/link/")


def test_no_sign_in_address_for_nobody(db):
    told = run("sign-in", "eve@elsewhere.example")

    assert told.exit_code == 1
    assert told.output.strip() == "Error: Nobody with that address may sign in here."


def test_an_empty_network_begins_with_one_owner(db, tmp_path):
    for _ in range(2):
        told = run("begin", "--empty", "--data", str(tmp_path))
        assert told.exit_code == 0

    assert User.objects.filter(is_superuser=True).count() == 1


PAGE = """<html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens</h1>
<p class="byline">By Mara Okafor</p>
<p>The bridge across the harbour opened to traffic on Monday after two years of work.</p>
<p>Lorries crossed first, and the ferry made its last trip in the afternoon, the port said.</p>
</article></body></html>"""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "bridge.html"
    file.write_text(PAGE)
    return file


def test_a_copied_page_becomes_a_draft(port, saved):
    told = json.loads(run("import", "page", str(saved), "--json").output)

    article = ArticlePage.objects.get()
    assert (article.title, article.live) == ("Bridge opens", False)
    assert told["url"] == f"http://127.0.0.1:8000/desk/pages/{article.pk}/edit/"
    assert {frozenset(field) for field in told["fields"].values()} == {
        frozenset({"value", "origin", "confidence"})
    }
    assert told["fields"]["headline"]["value"] == "Bridge opens"
    assert (
        told["fields"]["published_at"]["value"],
        told["fields"]["published_at"]["confidence"],
    ) == (
        None,
        0,
    )


def test_a_copied_page_can_be_published_at_once(port, saved):
    told = json.loads(run("import", "page", str(saved), "--publish", "--json").output)

    assert told["url"] == "http://127.0.0.1:8000/courier/port/bridge-opens/"


def test_a_page_whose_article_was_withdrawn_is_not_published_again(port, saved):
    run("import", "page", str(saved), "--publish")
    article = ArticlePage.objects.get()
    withdraw_article(article=article, by=None, at=timezone.now(), reason="An error.")

    told = json.loads(run("import", "page", str(saved), "--json").output)
    refused = run("import", "page", str(saved), "--publish")

    assert "It stays withdrawn" in told["note"]
    assert (refused.exit_code, refused.output.startswith("Error: “Bridge opens” was")) == (1, True)
    assert PublishedArticle.objects.get().state == "withdrawn"


def test_a_copied_page_is_told_field_by_field(port, saved):
    told = run("import", "page", str(saved)).output

    assert "headline       Bridge opens" in told
    assert "published at   not found" in told


def test_an_outlet_that_is_none_is_named(port, saved):
    told = run("import", "page", str(saved), "--outlet", "tideline")

    assert told.output.strip() == "Error: There is no outlet called “tideline”."


def test_what_is_no_page_is_refused_with_a_sentence(port, tmp_path):
    file = tmp_path / "x.bin"
    file.write_bytes(bytes(range(256)) * 50)

    told = run("import", "page", str(file))

    assert (told.exit_code, told.output.startswith("Error: ")) == (1, True)
    assert ArticlePage.objects.count() == 0
