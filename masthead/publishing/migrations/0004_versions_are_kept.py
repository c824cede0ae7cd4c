"""What was public cannot be deleted: not with its article, and not in the database by itself."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    "CREATE TRIGGER version_is_kept BEFORE DELETE ON publishing_version BEGIN"
    " SELECT RAISE(ABORT, 'A version is never deleted.'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION refuse_version_loss() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'A version is never deleted.' USING ERRCODE = '23000'; END $$",
    "CREATE TRIGGER version_is_kept BEFORE DELETE ON publishing_version"
    " FOR EACH ROW EXECUTE FUNCTION refuse_version_loss()",
]


def guard(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER version_is_kept ON publishing_version")
        schema_editor.execute("DROP FUNCTION refuse_version_loss")
    else:
        schema_editor.execute("DROP TRIGGER version_is_kept")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_initial"),
        ("publishing", "0003_release_recorded_at"),
    ]

    operations = [
        migrations.AlterField(
            model_name="release",
            name="article",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="articles.articlepage"),
        ),
        migrations.AlterField(
            model_name="release",
            name="version",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="publishing.version"),
        ),
        migrations.AlterField(
            model_name="version",
            name="article",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="articles.articlepage"),
        ),
        migrations.RunPython(guard, unguard),
    ]
