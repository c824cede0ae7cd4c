"""`masthead mail`: take what comes back, look whether mail can arrive."""

import json
import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option, json_option, with_django


@click.group()
@data_option
def command(data: Path) -> None:
    """Mail: take bounces from a mail server, check DNS and servers."""


@command.command()
@click.option("--recipient", default="", help="The envelope's recipient, where it is known.")
@with_django
def deliver(recipient: str) -> None:
    """Read one message on standard input: a bounce, a complaint, a wish to leave."""
    from django.db import DatabaseError
    from django.utils import timezone

    from masthead.mail.incoming.message import MOST_BYTES
    from masthead.mail.incoming.taking import take_message

    raw = sys.stdin.buffer.read(MOST_BYTES)
    if not raw.strip():
        raise click.ClickException("Nothing came on standard input.")
    try:
        taken = take_message(raw, way_in="script", at=timezone.now(), recipient=recipient)
    except DatabaseError:
        # EX_TEMPFAIL: the mail server keeps the message and tries again.
        click.echo("The database is not there.", err=True)
        sys.exit(75)
    for each in taken:
        click.echo(f"{each.kind} {each.address} {each.about}".strip())


@command.command()
@json_option
@click.option("--from-host", default="", help="The host or address that mail leaves from.")
@click.option("--nameserver", default="", help="Ask this one, ADDRESS or ADDRESS:PORT.")
@with_django
def doctor(as_json: bool, from_host: str, nameserver: str) -> None:
    """Look at SPF, DKIM, DMARC, MX, PTR, TLS and headers; ends with 1 when one fails."""
    from masthead.mail.doctor import examine
    from masthead.mail.doctor.dns import Dns

    findings = examine(dns=Dns(nameserver), from_host=from_host)
    if as_json:
        click.echo(json.dumps({"findings": [each.as_dict() for each in findings]}))
    else:
        for each in findings:
            click.echo(f"{each.mark.upper():<5} {each.what:<12} {each.about}: {each.says}")
    if any(each.mark == "fail" for each in findings):
        sys.exit(1)
