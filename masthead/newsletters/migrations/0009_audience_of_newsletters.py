from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0008_copies_printed_anew'),
    ]

    operations = [
        migrations.AddField(
            model_name='newsletter',
            name='audience',
            field=models.JSONField(blank=True, null=True),
        ),
    ]
