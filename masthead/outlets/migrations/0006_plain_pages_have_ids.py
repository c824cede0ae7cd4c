import masthead.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outlets', '0005_sections_without_advertising'),
    ]

    operations = [
        # Without a default first: it would give all rows the same one.
        migrations.AddField(
            model_name='plainpage',
            name='public_id',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='plainpage',
            name='public_id',
            field=models.UUIDField(default=masthead.core.ids.uuid7, editable=False, null=True, unique=True),
        ),
    ]
