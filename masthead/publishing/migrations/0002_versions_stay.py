"""The database itself refuses to change a version: what was public is the record."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER version_stays BEFORE UPDATE ON publishing_version BEGIN"
    " SELECT RAISE(ABORT, 'A version is never changed.'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'A version is never changed.' USING ERRCODE = '23000'; END $$",
    "CREATE TRIGGER version_stays BEFORE UPDATE ON publishing_version"
    " FOR EACH ROW EXECUTE FUNCTION refuse_version_change()",
]


def guard(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER version_stays ON publishing_version")
        schema_editor.execute("DROP FUNCTION refuse_version_change")
    else:
        schema_editor.execute("DROP TRIGGER version_stays")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
