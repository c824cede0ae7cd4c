from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('readers', '0003_proofs_sessions_and_labels'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entitlement',
            name='benefit',
            field=models.CharField(choices=[('ad-free', 'Pages without advertising'), ('members-articles', "Members' articles"), ('newsletter', 'A newsletter for members')], max_length=30, verbose_name='benefit'),
        ),
        migrations.AddField(
            model_name='entitlement',
            name='named',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.RemoveConstraint(
            model_name='entitlement',
            name='one_grant_per_source',
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.UniqueConstraint(fields=('reader', 'benefit', 'named', 'source', 'source_ref'), name='one_grant_per_source'),
        ),
    ]
