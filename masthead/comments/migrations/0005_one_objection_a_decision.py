import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0004_objections_of_notifiers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='appeal',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='comments.report'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(fields=('report', 'decision'), name='one_objection_of_notifier'),
        ),
    ]
