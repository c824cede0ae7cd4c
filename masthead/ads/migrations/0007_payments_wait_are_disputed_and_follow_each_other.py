"""Payments wait for a bank, are disputed, and may follow one another; campaigns are held."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ads', '0006_credit_notes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='campaignpayment',
            name='one_payment_a_campaign',
        ),
        migrations.AddField(
            model_name='campaignpayment',
            name='disputed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('asked', 'Booked by the advertiser, to be looked at'), ('booked', 'Booked'), ('held', 'Held: its payment is disputed, or was taken back'), ('cancelled', 'Cancelled')], default='draft', max_length=9),
        ),
        migrations.AlterField(
            model_name='campaignpayment',
            name='state',
            field=models.CharField(choices=[('open', 'Not paid yet'), ('waiting', 'On its way: the bank has not confirmed it yet'), ('paid', 'Paid'), ('expired', 'The payment page has expired'), ('returned', 'Given back'), ('lost', 'The bank took it back')], default='open', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='campaignpayment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'waiting'])), fields=('campaign',), name='one_payment_at_a_time'),
        ),
    ]
