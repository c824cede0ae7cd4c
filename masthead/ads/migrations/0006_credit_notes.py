"""Credit notes; and of payments how much was given back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def tell_returned(apps, schema_editor):
    """So far a payment was given back whole or not at all."""
    payments = apps.get_model("ads", "CampaignPayment")
    payments.objects.filter(state="returned").update(returned_cents=F("amount_cents"))


class Migration(migrations.Migration):
    dependencies = [
        ("ads", "0005_chances_forecasts_and_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaignpayment",
            name="returned_cents",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="CreditNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("issued_at", models.DateTimeField()),
                ("net_cents", models.PositiveIntegerField()),
                ("tax_cents", models.PositiveIntegerField(default=0)),
                ("said", models.JSONField(default=dict)),
                ("invoice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="credit_notes", to="ads.adinvoice")),
            ],
        ),
        migrations.AddConstraint(
            model_name="creditnote",
            constraint=models.CheckConstraint(condition=models.Q(("net_cents__gt", 0), ("tax_cents__gt", 0), _connector="OR"), name="a_credit_note_is_of_money"),
        ),
        migrations.RunPython(tell_returned, migrations.RunPython.noop),
    ]
