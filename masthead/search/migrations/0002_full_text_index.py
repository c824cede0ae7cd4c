"""The index itself, which each database makes in its own way."""

from django.db import migrations

COLUMNS = "headline, standfirst, byline, topics, body"
NEW = "new.headline, new.standfirst, new.byline, new.topics, new.body"
OLD = "old.headline, old.standfirst, old.byline, old.topics, old.body"

SQLITE = [
    f"CREATE VIRTUAL TABLE search_index USING fts5({COLUMNS},"
    " content='search_searchentry', content_rowid='id',"
    " tokenize=\"unicode61 remove_diacritics 2\")",
    f"CREATE TRIGGER search_index_insert AFTER INSERT ON search_searchentry BEGIN"
    f" INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {NEW}); END",
    f"CREATE TRIGGER search_index_delete AFTER DELETE ON search_searchentry BEGIN"
    f" INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"
    f" END",
    f"CREATE TRIGGER search_index_update AFTER UPDATE ON search_searchentry BEGIN"
    f" INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"
    f" INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {NEW}); END",
]

POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    # unaccent() itself is only STABLE, because its dictionary could be changed; ours is fixed.
    "CREATE OR REPLACE FUNCTION unaccent_immutable(text) RETURNS text"
    " LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT"
    " AS $$ SELECT unaccent('unaccent'::regdictionary, $1) $$",
    "ALTER TABLE search_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    " setweight(to_tsvector('simple', unaccent_immutable(headline)), 'A') ||"
    " setweight(to_tsvector('simple', unaccent_immutable(standfirst)), 'B') ||"
    " setweight(to_tsvector('simple', unaccent_immutable(byline || ' ' || topics)), 'C') ||"
    " setweight(to_tsvector('simple', unaccent_immutable(body)), 'D')) STORED",
    "CREATE INDEX search_searchentry_vector ON search_searchentry USING gin (vector)",
]


def make_index(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_searchentry DROP COLUMN vector")
        return
    for when in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER search_index_{when}")
    schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index)]
