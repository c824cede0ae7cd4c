from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('memberships', '0003_groups_prompts_and_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='held_at',
            field=models.DateTimeField(null=True),
        ),
    ]
