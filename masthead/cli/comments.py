"""`masthead comments`: comments from another system in, all of them out, and a year's figures."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django

SYSTEMS = ["wordpress", "disqus", "coral"]
MOST_BAD = 50  # that are told one by one


@click.group()
@data_option
def command(data: Path) -> None:
    """Comments: bring them in from another system, take all of them out, count a year."""


@command.command("import")
@data_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "system", type=click.Choice(SYSTEMS), required=True)
@click.option("--outlet", required=True, help="The outlet's slug.")
@with_django
def bring_in(data: Path, file: Path, system: str, outlet: str) -> None:
    """Take over the comments of FILE; stopped and run again, none is lost or doubled."""
    from django.utils import timezone

    from masthead.comments.bringing_in.actions import bring_in as bring
    from masthead.comments.bringing_in.brought import BadExport
    from masthead.comments.bringing_in.files import READERS
    from masthead.outlets.models import Outlet

    found = Outlet.objects.filter(slug=outlet).first()
    if found is None:
        raise click.ClickException(f"There is no outlet called {outlet}.")
    try:
        account = bring(READERS[system](file), source=system, outlet=found, at=timezone.now())
    except BadExport as bad:
        raise click.ClickException(str(bad)) from bad
    click.echo(f"Read {account.read}, brought in {account.brought}, here already {account.again},")
    click.echo(f"empty {account.empty}, of articles that are not here:")
    for link, number in account.without_article.most_common():
        click.echo(f"  {number:>6}  {link or '(no address)'}")
    click.echo(f"Answers to what is not in the file, now beginnings: {account.orphans}.")
    click.echo(f"Left out because they cannot be read: {len(account.bad)}.")
    for each in account.bad[:MOST_BAD]:
        click.echo(f"  number {each.number}: {each.why}")
    if len(account.bad) > MOST_BAD:
        click.echo(f"  and {len(account.bad) - MOST_BAD} more.")


@command.command("export")
@data_option
@with_django
def export(data: Path) -> None:
    """Write all comments, a JSON object a line, with their states and what they said before."""
    from masthead.comments.bringing_in.out import export_lines

    for line in export_lines():
        click.echo(line)


@command.command("figures")
@data_option
@click.argument("year", type=click.IntRange(2000, 9998))
@with_django
def figures(data: Path, year: int) -> None:
    """Write a year's figures of moderation: notices, restrictions, complaints. JSON."""
    import json

    from masthead.comments.figures import of_year

    click.echo(json.dumps(of_year(year), indent=2))
