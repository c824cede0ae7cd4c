import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0003_saved_views'),
    ]

    operations = [
        migrations.AlterField(
            model_name='appeal',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='comments.decision'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='report',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='comments.report'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(condition=models.Q(('report__isnull', True)), fields=('decision',), name='one_appeal_of_author'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='act',
            field=models.CharField(choices=[('approve', 'approved'), ('reject', 'rejected'), ('hold', 'held'), ('remove-thread', 'removed with all answers'), ('pick', 'made a pick'), ('unpick', 'no pick any more'), ('dismiss', 'reports dismissed'), ('ban', 'banned'), ('lift', 'ban lifted'), ('undo', 'undone'), ('rules', 'rules changed'), ('words', 'word list changed'), ('note', 'note written'), ('appeal', 'appeal decided'), ('objection', 'notifier’s objection decided'), ('erase', 'erased')], max_length=16),
        ),
    ]
