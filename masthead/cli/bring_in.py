"""`masthead import …`: brings articles in from elsewhere."""

import json
from pathlib import Path
from typing import Any

import click

from masthead.cli.groups import data_option, json_option, with_django


@click.group()
def command() -> None:
    """Bring articles in from elsewhere."""


@command.command()
@data_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outlet", "slug", metavar="SLUG", help="The outlet it goes to; else the first.")
@click.option("--publish", is_flag=True, help="Publish it instead of leaving a draft.")
@json_option
@with_django
def page(data: Path, file: Path, slug: str | None, publish: bool, as_json: bool) -> None:
    """Make an article of FILE, a saved web page or text copied out of a browser."""
    from django.utils import timezone

    from masthead.importing.actions import NoSection, Withdrawn, bring_in_page
    from masthead.importing.extract import NotAPage
    from masthead.outlets.models import Outlet

    outlets = Outlet.objects.live().order_by("path")
    outlet = outlets.filter(slug=slug).first() if slug else outlets.first()
    if outlet is None:
        raise click.ClickException(
            f"There is no outlet called “{slug}”." if slug else "This network has no outlet yet."
        )
    try:
        brought = bring_in_page(
            file=file, outlet=outlet, by=None, at=timezone.now(), publish=publish
        )
    except (NotAPage, NoSection, Withdrawn) as error:
        raise click.ClickException(str(error)) from error
    url = _address(brought.article)
    if as_json:
        told = {"url": url, "fields": brought.fields, "note": brought.note}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(url, brought.fields)
        if brought.note:
            click.echo(f"\n{brought.note}")


def _address(article: Any) -> str:
    from django.conf import settings

    article.refresh_from_db()
    if article.live:
        return str(article.full_url)
    return f"{settings.NETWORK_URL}/desk/pages/{article.pk}/edit/"


def _tell(url: str, fields: dict[str, Any]) -> None:
    for name, field in fields.items():
        value = field["value"]
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        shown = "not found" if shown in (None, "", {}) else " ".join(str(shown).split())[:60]
        sure = f"{field['origin']}, {field['confidence']:.0%}" if field["confidence"] else ""
        click.echo(f"{name.replace('_', ' '):<14} {shown:<62} {sure}")
    click.echo(f"\n{url}")
