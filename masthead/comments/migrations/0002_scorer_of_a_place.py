from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0001_threads_comments_and_decisions'),
    ]

    operations = [
        migrations.AddField(
            model_name='policy',
            name='scorer',
            field=models.CharField(blank=True, choices=[('strict', 'Holds what is somewhat like what was refused'), ('usual', 'Holds what is like what was refused'), ('lenient', 'Holds only what is very like it'), ('off', 'Is not asked')], db_default='', default='', max_length=8, verbose_name='the scorer'),
        ),
    ]
