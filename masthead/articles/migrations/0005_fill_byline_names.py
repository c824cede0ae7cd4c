"""The names of bylines that were published before they were kept apart."""

from django.db import migrations

BATCH = 1_000


def fill_byline_names(apps, schema_editor):
    """Restartable: a row that has its names is not read again."""
    rows = apps.get_model("articles", "PublishedArticle").objects
    missing = rows.filter(byline_names__isnull=True, text__isnull=False).order_by("pk")
    while batch := list(missing.select_related("text")[:BATCH]):
        for row in batch:
            authors = row.text.snapshot["authors"]
            row.byline_names = [[each["name"], each["post_nominals"]] for each in authors]
        rows.bulk_update(batch, ["byline_names"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0004_byline_names")]

    operations = [migrations.RunPython(fill_byline_names, migrations.RunPython.noop)]
