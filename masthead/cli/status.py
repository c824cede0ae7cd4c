"""`masthead status`: how the network is, in facts."""

import json
from pathlib import Path
from typing import Any

import click

from masthead.cli.groups import data_option, json_option, with_django


@click.command()
@data_option
@json_option
@with_django
def command(data: Path, as_json: bool) -> None:
    """Outlets, articles, jobs waiting and given up, releases not carried yet."""
    facts = gather()
    if as_json:
        click.echo(json.dumps(facts))
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):<28} {value}")


def gather() -> dict[str, Any]:
    from masthead.accounts.queries import network_name
    from masthead.articles.models import PublishedArticle
    from masthead.jobs.models import Job
    from masthead.outlets.queries import sheets
    from masthead.press.outer.queries import failing_caches
    from masthead.publishing.queries import receipts_outstanding

    waiting = Job.objects.filter(state=Job.State.READY).order_by("run_at")
    oldest = waiting.first()
    return {
        "network": network_name(),
        "outlets": [sheet.name for sheet in sheets()],
        "published_articles": PublishedArticle.objects.filter(state="live").count(),
        "jobs_waiting": waiting.count(),
        "oldest_job_since": oldest.run_at.isoformat() if oldest else None,
        "jobs_given_up": Job.objects.filter(state=Job.State.DEAD).count(),
        "releases_not_carried": receipts_outstanding().count(),
        "outer_caches_failing": failing_caches(),
    }
