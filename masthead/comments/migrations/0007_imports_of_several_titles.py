from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0006_bans_outlast_erasure'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='comment',
            name='comment_imported_once',
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('source', ''), _negated=True), fields=['source', 'source_id'], name='comments_by_former_id'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('thread', 'source', 'source_id'), name='comment_imported_once'),
        ),
    ]
