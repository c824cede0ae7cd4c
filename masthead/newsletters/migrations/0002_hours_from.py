from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0001_editions_and_ledger'),
    ]

    operations = [
        migrations.AddField(
            model_name='newsletter',
            name='hours_from',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
