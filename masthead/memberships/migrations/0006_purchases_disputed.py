from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('memberships', '0005_seats_from_next_period'),
    ]

    operations = [
        migrations.AddField(
            model_name='purchase',
            name='is_disputed',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
