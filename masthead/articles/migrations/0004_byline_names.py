from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_initial")]

    operations = [
        migrations.AddField("publishedarticle", "byline_names", models.JSONField(null=True)),
    ]
