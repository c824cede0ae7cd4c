import django.db.models.deletion
from django.db import migrations, models


def read_from_letters(apps, schema_editor):
    """
    A change was told to the old address by a letter whose key names the proof; the proof, as long
    as it is kept, names the reader.
    """
    letters = apps.get_model("mail", "Letter").objects.filter(kind="readers.address-changed")
    proofs = apps.get_model("readers", "Proof").objects
    readers = apps.get_model("readers", "Reader").objects
    former = apps.get_model("readers", "FormerAddress").objects
    for letter in letters.order_by("pk").iterator(chunk_size=1000):
        proof = proofs.filter(public_id=letter.key.partition(":")[2]).first()
        for intent in proof.intents if proof is not None else []:
            reader_id = intent.get("data", {}).get("reader")
            if intent.get("name") == "readers.change-address" and readers.filter(pk=reader_id).exists():
                former.get_or_create(
                    reader_id=reader_id, address=letter.address, defaults={"until": letter.made_at}
                )


class Migration(migrations.Migration):

    dependencies = [
        ('readers', '0004_named_benefits'),
        ('mail', '0002_indexes_of_open_and_newest'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254)),
                ('until', models.DateTimeField()),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='readers.reader')),
            ],
            options={
                'indexes': [models.Index(fields=['address'], name='former_addresses')],
            },
        ),
        migrations.RunPython(read_from_letters, migrations.RunPython.noop),
    ]
