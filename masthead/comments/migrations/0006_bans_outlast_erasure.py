import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_one_objection_a_decision'),
        ('outlets', '0005_sections_without_advertising'),
        ('readers', '0004_named_benefits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BannedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(db_index=True, max_length=64)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='ban',
            name='ban_is_of_one_kind',
        ),
        migrations.AlterField(
            model_name='ban',
            name='reader',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='readers.reader'),
        ),
        migrations.AddConstraint(
            model_name='ban',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network', ''), ('pattern', '')), models.Q(('network', ''), ('reader__isnull', True), models.Q(('pattern', ''), _negated=True)), models.Q(('pattern', ''), ('reader__isnull', True), models.Q(('network', ''), _negated=True)), _connector='OR'), name='ban_is_of_one_kind'),
        ),
        migrations.AddField(
            model_name='bannedaddress',
            name='ban',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='comments.ban'),
        ),
        migrations.AddConstraint(
            model_name='bannedaddress',
            constraint=models.UniqueConstraint(fields=('ban', 'address_hash'), name='address_banned_once'),
        ),
    ]
