"""
An index of stems instead of words as they are written.

Entries are made from what is published, so the old ones go and a job that waits in this very
transaction makes them anew. Until it has, searches find little.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

STEMS = "stems_headline, stems_standfirst, stems_about, stems_body, marks"
FILL = "masthead.search.jobs.fill_index"

# Our words are letters, digits and marks, parted by blanks; the tokenizer `ascii` takes them as
# they are.
SQLITE_OLD = [
    "DROP TRIGGER search_index_insert",
    "DROP TRIGGER search_index_delete",
    "DROP TRIGGER search_index_update",
    "DROP TABLE search_index",
]


def columns(of):
    return ", ".join(f"{of}.{name}" for name in STEMS.split(", "))


SQLITE_NEW = [
    f"CREATE VIRTUAL TABLE search_index USING fts5({STEMS},"
    " content='search_searchentry', content_rowid='id', tokenize='ascii')",
    # Without places, which nobody asks for, and with the beginnings that people type.
    "CREATE VIRTUAL TABLE search_heads USING fts5(heads, content='search_searchentry',"
    " content_rowid='id', tokenize='ascii', detail='none', prefix='2 3 4 5')",
    "CREATE TRIGGER search_entry_insert AFTER INSERT ON search_searchentry BEGIN"
    f" INSERT INTO search_index(rowid, {STEMS}) VALUES (new.id, {columns('new')});"
    " INSERT INTO search_heads(rowid, heads) VALUES (new.id, new.heads); END",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_searchentry BEGIN"
    f" INSERT INTO search_index(search_index, rowid, {STEMS})"
    f" VALUES ('delete', old.id, {columns('old')});"
    " INSERT INTO search_heads(search_heads, rowid, heads)"
    " VALUES ('delete', old.id, old.heads); END",
    "CREATE TRIGGER search_entry_update AFTER UPDATE ON search_searchentry BEGIN"
    f" INSERT INTO search_index(search_index, rowid, {STEMS})"
    f" VALUES ('delete', old.id, {columns('old')});"
    " INSERT INTO search_heads(search_heads, rowid, heads)"
    " VALUES ('delete', old.id, old.heads);"
    f" INSERT INTO search_index(rowid, {STEMS}) VALUES (new.id, {columns('new')});"
    " INSERT INTO search_heads(rowid, heads) VALUES (new.id, new.heads); END",
]

# A narrow table, so that the rows of a common word are few pages: the vectors themselves lie
# outside, as they are. Without a pending list, which each search would have to look through.
POSTGRESQL_NEW = [
    "CREATE TABLE search_vector (entry_id bigint PRIMARY KEY, vector tsvector NOT NULL)"
    " WITH (toast_tuple_target = 128)",
    "ALTER TABLE search_vector ALTER COLUMN vector SET STORAGE EXTERNAL",
    "CREATE INDEX search_vector_words ON search_vector USING gin (vector)"
    " WITH (fastupdate = off)",
    # Triggers, because a table that others refer to cannot be emptied at once.
    "CREATE FUNCTION search_vector_goes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF TG_OP = 'TRUNCATE' THEN DELETE FROM search_vector;"
    " ELSE DELETE FROM search_vector WHERE entry_id = OLD.id; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_searchentry"
    " FOR EACH ROW EXECUTE FUNCTION search_vector_goes()",
    "CREATE TRIGGER search_entry_truncate AFTER TRUNCATE ON search_searchentry"
    " FOR EACH STATEMENT EXECUTE FUNCTION search_vector_goes()",
    "ALTER TABLE search_searchentry ADD COLUMN heads_vector tsvector"
    " GENERATED ALWAYS AS (heads::tsvector) STORED",
    "CREATE INDEX search_searchentry_heads ON search_searchentry USING gin (heads_vector)"
    " WITH (fastupdate = off)",
]


def drop_old_index(apps, schema_editor):
    """On PostgreSQL it goes with its table."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE_OLD:
            schema_editor.execute(statement, params=None)


def make_new_index(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_NEW if is_postgresql else SQLITE_NEW:
        schema_editor.execute(statement, params=None)


def have_it_filled(apps, schema_editor):
    """A new network has nothing to fill it with."""
    if not apps.get_model("articles", "PublishedArticle").objects.exists():
        return
    now = django.utils.timezone.now()
    apps.get_model("jobs", "Job").objects.create(
        task=FILL,
        arguments={"args": [], "kwargs": {}},
        unique_key=f"{FILL} fill",
        run_at=now,
        enqueued_at=now,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text_index"),
        ("articles", "0003_initial"),
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(drop_old_index),
        migrations.DeleteModel("SearchEntry"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version_number", models.PositiveIntegerField()),
                ("form", models.PositiveSmallIntegerField()),
                ("outlet_id", models.BigIntegerField()),
                ("section_id", models.BigIntegerField()),
                ("language", models.CharField(max_length=20)),
                ("marks", models.TextField()),
                ("heads", models.TextField()),
                ("headline", models.TextField()),
                ("standfirst", models.TextField(blank=True)),
                ("byline", models.TextField(blank=True)),
                ("topics", models.TextField(blank=True)),
                ("captions", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("stems_headline", models.TextField()),
                ("stems_standfirst", models.TextField(blank=True)),
                ("stems_about", models.TextField(blank=True)),
                ("stems_body", models.TextField(blank=True)),
                (
                    "published",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.publishedarticle",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outlet_id", "form"], name="search_entry_form")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outlet_id", models.BigIntegerField()),
                ("word", models.CharField(max_length=60)),
                ("stem", models.CharField(max_length=60)),
                ("entries", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outlet_id", "stem"], name="search_word_stem")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["outlet_id", "word"], name="search_word_once"
                    )
                ],
            },
        ),
        migrations.RunPython(make_new_index),
        migrations.RunPython(have_it_filled),
    ]
