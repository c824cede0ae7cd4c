from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0007_editions_for_members'),
    ]

    operations = [
        migrations.AddField(
            model_name='editioncopy',
            name='corrected',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='editioncopy',
            name='replaced_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='editioncopy',
            name='one_copy_for_a_variant',
        ),
        migrations.AddConstraint(
            model_name='editioncopy',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('edition', 'variant'), name='one_copy_stands_for_a_variant'),
        ),
    ]
