from django.db import migrations, models


def note_what_went_to_members(apps, schema_editor):
    editions = apps.get_model("newsletters", "Edition").objects
    editions.filter(released_at__isnull=False, newsletter__for_members=True).update(for_members=True)


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0006_for_members'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='for_members',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(note_what_went_to_members, migrations.RunPython.noop),
    ]
