from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0005_whether_the_database_broke'),
    ]

    operations = [
        migrations.AddField(
            model_name='newsletter',
            name='for_members',
            field=models.BooleanField(db_default=False, default=False, verbose_name='for members only'),
        ),
    ]
