"""What an operator may set, and the one sentence they get when it is wrong."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from masthead.conf.config import (
    ADDRESS,
    SETTINGS,
    BadSetting,
    database,
    note_address,
    noted_address,
    read_settings,
    secret_key,
)


def read(folder: Path, **environ: str) -> dict[str, Any]:
    return read_settings(
        folder=folder, environ={f"MASTHEAD_{key.upper()}": value for key, value in environ.items()}
    )


def write(folder: Path, text: str) -> None:
    (folder / "masthead.toml").write_text(text)


def test_without_anything_written_the_defaults_hold(tmp_path):
    assert read(tmp_path) == {setting.key: setting.default for setting in SETTINGS}


def test_the_file_is_read_and_the_environment_wins(tmp_path):
    write(tmp_path, 'network_name = "File"\nweb_threads = 3\nhosts = ["A.example", "b.example"]')

    found = read(tmp_path, network_name="Environment")

    assert (found["network_name"], found["web_threads"]) == ("Environment", 3)
    assert found["hosts"] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("1", True), ("Yes", True), ("false", False), ("0", False), ("no", False)],
)
def test_a_flag_is_written_as_people_write_it(tmp_path, text, value):
    assert read(tmp_path, behind_proxy=text)["behind_proxy"] is value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("web_threads", "0"),
        ("web_threads", "many"),
        ("web_threads", ""),
        ("behind_proxy", "perhaps"),
        ("debug", ""),
        ("network_url", "courier.example"),
        ("network_url", "ftp://courier.example"),
        ("network_url", "https://courier.example/path"),
        ("network_url", "https://"),
        ("network_url", "https://courier.example:port"),
        ("network_url", "https://c.example?x"),
        ("mail_url", "mail.example"),
        ("mail_url", "smtp://user:password@host:port"),
        ("mail_url", "imap://mail.example"),
    ],
)
def test_a_wrong_value_is_refused_by_name_with_what_is_accepted(tmp_path, key, value):
    accepts = next(setting.accepts for setting in SETTINGS if setting.key == key)

    with pytest.raises(BadSetting) as refused:
        read(tmp_path, **{key: value})

    name = f"MASTHEAD_{key.upper()}"
    assert str(refused.value) == f"{name} is {value!r}; accepted: {accepts}."


def test_a_key_that_is_none_is_refused(tmp_path):
    write(tmp_path, 'netwrok_name = "x"')

    with pytest.raises(BadSetting, match="“netwrok_name” is not a setting"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"network_name = ", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_says_so(tmp_path, content):
    (tmp_path / "masthead.toml").write_bytes(content)

    with pytest.raises(BadSetting, match=r"masthead\.toml cannot be read"):
        read(tmp_path)


def test_an_address_loses_its_last_slash(tmp_path):
    assert read(tmp_path, network_url="https://north.example/")["network_url"] == (
        "https://north.example"
    )


def test_a_secret_is_made_once_and_kept_for_its_owner_only(tmp_path):
    folder = tmp_path / "data"

    first, again = (secret_key(folder=folder, given="") for _ in range(2))

    assert (first == again, len(first) >= 50) == (True, True)
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_on_a_new_folder_share_one_secret(tmp_path, monkeypatch):
    all_have_found_none, one = Barrier(4, timeout=10), secrets.token_urlsafe

    def make(size: int) -> str:
        all_have_found_none.wait()
        return one(size)

    monkeypatch.setattr(secrets, "token_urlsafe", make)
    with ThreadPoolExecutor(4) as processes:
        found = set(processes.map(lambda _: secret_key(folder=tmp_path / "d", given=""), range(4)))

    assert found == {(tmp_path / "d" / "secret.key").read_text()}
    assert [file.name for file in (tmp_path / "d").iterdir()] == ["secret.key"]


def test_former_keys_are_read_as_they_are_written(tmp_path):
    assert read(tmp_path, former_secret_keys="One, tWo")["former_secret_keys"] == ["One", "tWo"]


def test_a_given_secret_is_used_and_not_kept(tmp_path):
    assert secret_key(folder=tmp_path, given="ours") == "ours"
    assert not (tmp_path / "secret.key").exists()


def test_without_an_address_the_database_is_a_file_that_survives_power_loss(tmp_path):
    made = database(url="", folder=tmp_path)

    assert made["NAME"] == str(tmp_path / "masthead.sqlite3")
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "PRAGMA synchronous=FULL" in made["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_taken_apart(tmp_path):
    made = database(url="postgresql://ada:p%40ss@db.example:5433/north", folder=tmp_path)

    parts = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [made[part] for part in parts] == [
        "django.db.backends.postgresql",
        "north",
        "ada",
        "p@ss",
        "db.example",
        "5433",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a/b",
        "postgresql://host",
        "postgresql://host/",
        "x",
        "postgresql://user:password@host:port/name",
    ],
)
def test_another_address_is_refused(tmp_path, url):
    with pytest.raises(BadSetting, match="MASTHEAD_DATABASE_URL is not accepted"):
        database(url=url, folder=tmp_path)


def test_a_password_with_a_sign_in_it_is_never_printed_by_a_wrong_address(tmp_path):
    with pytest.raises(BadSetting) as refused:
        database(url="mysql://ada:hunter2@db.example/north", folder=tmp_path)

    assert "hunter2" not in str(refused.value)


def test_commands_know_where_the_network_was_started(tmp_path):
    assert noted_address(folder=tmp_path) == ""

    note_address(folder=tmp_path, url="http://127.0.0.1:8131")

    assert noted_address(folder=tmp_path) == "http://127.0.0.1:8131"


def test_a_noted_address_that_is_none_counts_for_nothing(tmp_path):
    (tmp_path / ADDRESS).write_text("ftp://elsewhere")

    assert noted_address(folder=tmp_path) == ""
