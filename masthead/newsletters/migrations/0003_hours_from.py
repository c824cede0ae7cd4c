from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0002_pace_and_marks_of_sending'),
    ]

    operations = [
        migrations.AddField(
            model_name='newsletter',
            name='hours_from',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
