from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('memberships', '0004_held_while_disputed'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='next_quantity',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
