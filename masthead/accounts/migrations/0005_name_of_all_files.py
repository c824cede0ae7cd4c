"""What Wagtail calls "Root" stands in every chooser of pictures and files."""

from typing import Any

from django.db import migrations

NAME, BEFORE = "The whole network", "Root"


def name_it(apps: Any, schema_editor: Any) -> None:
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=BEFORE).update(
        name=NAME
    )


def name_it_back(apps: Any, schema_editor: Any) -> None:
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=NAME).update(
        name=BEFORE
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_outlet_files"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(name_it, name_it_back)]
