from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_ad_sellers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assignment',
            name='role',
            field=models.CharField(choices=[('contributor', 'Contributor'), ('reporter', 'Reporter'), ('editor', 'Editor'), ('moderator', 'Moderator'), ('seller', 'Ad seller'), ('publisher', 'Publisher'), ('owner', 'Owner')], max_length=20, verbose_name='role'),
        ),
    ]
