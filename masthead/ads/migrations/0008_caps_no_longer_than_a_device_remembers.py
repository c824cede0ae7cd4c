"""Caps over more days than a device remembers: it has counted so many days all along."""

from django.db import migrations


def shorten(apps, schema_editor):
    apps.get_model("ads", "Flight").objects.filter(per_days__gt=60).update(per_days=60)


class Migration(migrations.Migration):
    dependencies = [
        ("ads", "0007_payments_wait_are_disputed_and_follow_each_other"),
    ]

    operations = [
        migrations.RunPython(shorten, migrations.RunPython.noop),
    ]
