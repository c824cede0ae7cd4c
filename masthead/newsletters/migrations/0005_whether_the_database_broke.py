import django.db.models.deletion
from django.db import migrations, models


def be_forgotten_in_a_crash(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE newsletters_unbroken SET UNLOGGED")


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0004_clicks_on_articles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Unbroken',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='newsletters.edition')),
                ('fence', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.RunPython(be_forgotten_in_a_crash, migrations.RunPython.noop),
    ]
