import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_fill_byline_names'),
        ('newsletters', '0003_hours_from'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClicksOnArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveIntegerField(default=0)),
                ('machines', models.PositiveIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clicks', to='newsletters.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'article'), name='clicks_of_edition_on_article')],
            },
        ),
    ]
