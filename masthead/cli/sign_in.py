"""`masthead sign-in`: a one-time way in for somebody who stands at the machine."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, json_option, with_django


@click.command()
@data_option
@click.argument("email", required=False)
@json_option
@with_django
def command(data: Path, email: str | None, as_json: bool) -> None:
    """Print a one-time sign-in address for EMAIL, or for the first owner."""
    import json

    from django.utils import timezone

    from masthead.accounts.actions import make_sign_in_link
    from masthead.accounts.links import desk_link
    from masthead.accounts.models import User

    user = (
        User.objects.filter(email__iexact=email).first()
        if email
        else User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    )
    if user is None:
        raise click.ClickException("Nobody with that address may sign in here.")
    secret = make_sign_in_link(user=user, at=timezone.now())
    url = desk_link(f"/account/link/{secret}/")
    click.echo(json.dumps({"url": url, "email": user.email}) if as_json else url)
