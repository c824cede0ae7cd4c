from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('memberships', '0006_purchases_disputed'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='tax_cents',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='purchase',
            name='tax_cents',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
