"""
What an operator may set, read from the environment or `masthead.toml`, refused loudly when wrong.

A name in the environment is the key in capitals after `MASTHEAD_`; it wins over the file.
"""

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from masthead.conf import values
from masthead.core.files import write_first

# Sessions, addresses and drafts are in it: nothing for other users of the machine.
FOLDER_MODE = 0o750
ADDRESS = "address"  # the file that says where `masthead up` listens


class BadSetting(Exception):
    """A setting is wrong; the text names it and says what is accepted."""


@dataclass(frozen=True)
class Setting:
    """One thing an operator may set. `read` turns text or a TOML value into the value used."""

    key: str
    default: Any
    read: Callable[[Any], Any]
    accepts: str
    about: str


SETTINGS = [
    Setting("network_name", "", str, "any text", "Name of the network before it has been set up."),
    Setting(
        "network_url",
        "",
        values.address,
        "an address such as https://northlight.example, without a path",
        "Where the desk and outlets without a domain of their own are reached; empty: where"
        " `masthead up` listens.",
    ),
    Setting(
        "hosts",
        ["127.0.0.1", "localhost", "[::1]"],
        values.hosts,
        "host names, separated by commas",
        "Host names that reach the network itself, beside the one of network_url.",
    ),
    Setting(
        "database_url",
        "",
        str,
        "empty for SQLite in the data folder, or postgresql://user:password@host:port/name",
        "Where the database is.",
    ),
    Setting(
        "debug", False, values.flag, "true or false", "Developers only: tracebacks in the browser."
    ),
    Setting(
        "secret_key",
        "",
        str,
        "50 random characters; empty keeps one in the data folder",
        "Signs sessions and links.",
    ),
    Setting(
        "former_secret_keys",
        [],
        values.keys,
        "keys that were secret_key before, separated by commas",
        "Still open what they signed or sealed, until it is signed and sealed anew.",
    ),
    Setting(
        "behind_proxy",
        False,
        values.flag,
        "true or false",
        "Whether a proxy in front sets X-Forwarded-Proto and X-Forwarded-For.",
    ),
    Setting(
        "web_threads", 8, values.count, "a whole number from 1", "Threads that answer requests."
    ),
    Setting(
        "shelf_bytes",
        2_000_000_000,
        values.count,
        "a whole number from 1",
        "Bytes of printed pages on disk; beyond it those not read for longest go.",
    ),
    Setting(
        "shelf_mirror",
        False,
        values.flag,
        "true or false",
        "Keep public pages also as plain files, for an nginx in front.",
    ),
    Setting(
        "outer_caches",
        [],
        values.outer_caches,
        "entries such as varnish http://127.0.0.1:6081, nginx http://127.0.0.1:8080 or"
        " http https://cdn.example/purge token=…, separated by commas",
        "Caches in front that are told of changes.",
    ),
    Setting(
        "comment_scorer",
        "",
        values.scorer,
        "empty, akismet KEY, or http https://scorer.example/path with a secret behind it if wanted",
        "Whose opinion of readers' comments is asked beside our own.",
    ),
    Setting(
        "comment_scorer_fails",
        "hold",
        values.hold_or_open,
        "hold or open",
        "What happens to a comment when that values.scorer does not answer within 0.8 seconds.",
    ),
    Setting(
        "mail_url",
        "",
        values.mail_address,
        "empty to keep mail in the data folder, smtp://user:password@host:port (smtp+tls://… with"
        " STARTTLS, smtps://… with TLS from the start), or a mail service such as postmark://TOKEN",
        "Where mail is handed over.",
    ),
    Setting("mail_from", "desk@localhost", str, "an address", "Sender of all mail."),
    Setting(
        "mail_senders",
        {},
        values.senders,
        "entries such as courier=news@courier.example (an outlet's slug and an address),"
        " separated by commas",
        "Senders of outlets that have an address of their own.",
    ),
    Setting(
        "bounce_address",
        "",
        values.return_path,
        "empty, or an address without a plus sign whose server takes bounces+anything@… for it",
        "Where mail that cannot be delivered comes back.",
    ),
    Setting(
        "bounce_mailbox_url",
        "",
        values.mailbox,
        "empty, or imaps://user:password@host:port/folder (imap://, pop3s:// and pop3:// too)",
        "The mailbox that bounces are read from.",
    ),
    Setting(
        "mail_webhooks",
        {},
        values.pairs,
        "entries such as mailgun=KEY (a mail service and its secret), separated by commas",
        "Mail services that report bounces and complaints, and what they sign with.",
    ),
    Setting(
        "dkim_selector", "", str, "empty, or a selector such as news1", "Which DKIM key signs."
    ),
    Setting(
        "confirmations_per_hour",
        600,
        values.count,
        "a whole number from 1",
        "Mails an hour to people who have not proved their address; beyond it they get none.",
    ),
    Setting(
        "stripe_key",
        "",
        values.stripe_key,
        "empty for the stand-in that moves no money, or a key that begins with sk_test_, sk_live_,"
        " rk_test_ or rk_live_",
        "Which account of Stripe's takes the money.",
    ),
    Setting(
        "stripe_webhook_secrets",
        [],
        values.keys,
        "secrets that begin with whsec_, the newest first, separated by commas",
        "What Stripe signs its notices with.",
    ),
    Setting(
        "stripe_automatic_tax",
        False,
        values.flag,
        "true or false",
        "Whether Stripe works out the tax in what members pay.",
    ),
    Setting(
        "ads_invoice_from",
        [],
        values.letterhead,
        "the lines of a letterhead, separated by | (a list in masthead.toml)",
        "Who invoices advertising: name, address, tax number.",
    ),
    Setting(
        "ads_tax_percent",
        0.0,
        values.tax_percent,
        "a number from 0 to 50",
        "The tax that is added to the price of advertising.",
    ),
]


def data_folder() -> Path:
    return Path(os.environ.get("MASTHEAD_DATA") or "data").resolve()


def read_settings(*, folder: Path, environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """
    Every setting by key. Raises BadSetting for an unknown key or a value that is not accepted.
    """
    environ = os.environ if environ is None else environ
    written = _written(folder / "masthead.toml")
    known = {setting.key for setting in SETTINGS}
    for key in written:
        if key not in known:
            raise BadSetting(f"masthead.toml: “{key}” is not a setting. Known: {sorted(known)}.")
    return {setting.key: _value(setting, written, environ) for setting in SETTINGS}


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{file.name} cannot be read: {error}.") from error


def _value(setting: Setting, written: dict[str, Any], environ: Mapping[str, str]) -> Any:
    name = f"MASTHEAD_{setting.key.upper()}"
    raw = environ.get(name, written.get(setting.key, setting.default))
    try:
        return setting.read(raw)
    except (ValueError, KeyError, TypeError) as error:
        raise BadSetting(f"{name} is {raw!r}; accepted: {setting.accepts}.") from error


def note_address(*, folder: Path, url: str) -> None:
    """Keep where `masthead up` listens, for commands that are given no address themselves."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    (folder / ADDRESS).write_text(f"{url}\n", "utf-8")


def noted_address(*, folder: Path) -> str:
    """Where `masthead up` listens or last did; empty when it never ran here."""
    try:
        return values.address((folder / ADDRESS).read_text("utf-8").strip())
    except (FileNotFoundError, ValueError):
        return ""


def secret_key(*, folder: Path, given: str) -> str:
    """The given key, or the one kept in the data folder (made on first use, mode 600)."""
    if given:
        return given
    file = folder / "secret.key"
    if not file.exists():
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        write_first(file, secrets.token_urlsafe(50).encode(), mode=0o600)
    # Read even by who has just made one: of two processes at once the other may have been first.
    return file.read_text("ascii").strip()


def _sqlite_name(folder: Path) -> str:
    """
    Once set up, the file is never made again by opening it.

    In the place of one that was moved away an empty one would take over its log (-wal), and what
    was written last would be lost when it is put back.
    """
    file = folder / "masthead.sqlite3"
    return f"{file.absolute().as_uri()}?mode=rw" if (folder / "ready").exists() else str(file)


def database(*, url: str, folder: Path) -> dict[str, Any]:
    """Django's description of the database. Raises BadSetting for an address it cannot use."""
    if not url:
        return {
            "ENGINE": "masthead.core.sqlite",
            "NAME": _sqlite_name(folder),
            # IMMEDIATE: a deferred transaction that turns into a write fails at once instead of
            # waiting. FULL: an answered write survives power loss; NORMAL lost commits.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
            },
        }
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/") or port == -1:
        raise BadSetting(
            "MASTHEAD_DATABASE_URL is not accepted; use postgresql://user:password@host:port/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
