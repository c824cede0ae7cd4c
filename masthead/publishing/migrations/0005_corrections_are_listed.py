from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_versions_are_kept")]

    operations = [
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                fields=["-at", "-id"],
                condition=models.Q(("act", "correct")),
                name="latest_corrections",
            ),
        ),
    ]
