"""`masthead shelf …` as somebody types it."""

import json

import pytest
from click.testing import CliRunner

from masthead.cli import cli
from masthead.press.shelf import Hosts, HostTable
from masthead.press.shelf.opening import open_shelf
from tests.press.shelf.pages import HOST, a_page


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("MASTHEAD_DATA", str(tmp_path))
    shelf = open_shelf(tmp_path)
    shelf.put(a_page())
    shelf.set_hosts(Hosts({HOST: HOST}, {HOST: HostTable()}))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["shelf", *arguments])


def damage(data):
    [file] = (data / "shelf" / "pages").glob("*/*")
    file.write_bytes(file.read_bytes()[:-5])


def test_a_shelf_as_it_should_be(data):
    told = run("verify", "--data", str(data))

    assert (told.exit_code, told.output) == (0, "Every page is as it was printed.\n")


def test_a_tampered_page_is_named_and_the_command_fails(data):
    damage(data)

    told = run("verify", "--data", str(data))

    assert told.exit_code == 1
    assert told.output.splitlines() == [
        f"{HOST}/port/bridge/ (public): The seal does not fit.",
        "1 faults.",
    ]


def test_faults_as_json(data):
    damage(data)

    told = run("verify", "--json", "--data", str(data))

    [fault] = json.loads(told.output)["faults"]
    assert (told.exit_code, fault["target"]) == (1, "/port/bridge/")


def test_the_state_of_the_shelf(data):
    facts = json.loads(run("status", "--json", "--data", str(data)).output)

    assert facts.pop("bytes") > 0
    assert facts == {
        "pages": 1,
        "stale": 0,
        "addresses": 0,
        "most_bytes": 2_000_000_000,
        "purges_applied": 0,
        "hosts": [HOST],
        "mirror": False,
    }
    assert "purges applied" in run("status", "--data", str(data)).output


def test_a_static_copy(data, tmp_path):
    told = run("export", str(tmp_path / "copy"), "--json", "--data", str(data))

    assert json.loads(told.output)["pages"] == 1
    assert (tmp_path / "copy" / HOST / "port" / "bridge" / "index.html").exists()


def test_a_copy_into_a_full_folder_is_refused(data):
    told = run("export", str(data), "--data", str(data))

    assert (told.exit_code, told.output) == (1, f"Error: {data} is not empty.\n")


def test_a_configuration_for_nginx(data, monkeypatch):
    monkeypatch.setenv("MASTHEAD_SHELF_MIRROR", "true")

    told = run("nginx", "--program", "127.0.0.1:9000", "--listen", "8080", "--data", str(data))

    assert told.exit_code == 0
    assert told.output.startswith("# Written by")
    assert "server 127.0.0.1:9000;" in told.output
    assert "listen 8080;" in told.output


def test_without_a_mirror_the_configuration_comes_with_a_hint(data):
    told = run("nginx", "--data", str(data))

    assert "Set shelf_mirror = true" in told.stderr
    assert told.stdout.startswith("# Written by")


@pytest.mark.parametrize("option", ["--program", "--listen"])
def test_a_place_that_is_none_is_refused(data, option):
    assert run("nginx", option, "x;}", "--data", str(data)).exit_code == 2


@pytest.mark.parametrize("name", ["status", "verify", "nginx", "export"])
def test_without_a_shelf_there_is_a_sentence(tmp_path, name):
    empty = tmp_path / "network"
    more = [str(tmp_path / "copy")] if name == "export" else []

    told = run(name, *more, "--data", str(empty))

    assert told.exit_code == 1
    assert told.output == f"Error: There is no shelf in {empty} yet; “masthead up” makes one.\n"
    assert not empty.exists()


def test_a_wrong_setting_is_one_sentence(data, monkeypatch):
    monkeypatch.setenv("MASTHEAD_SHELF_BYTES", "much")

    told = run("status", "--data", str(data))

    assert (told.exit_code, told.output) == (
        1,
        "Error: MASTHEAD_SHELF_BYTES is 'much'; accepted: a whole number from 1.\n",
    )
