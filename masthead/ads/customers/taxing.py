"""Tax on what campaigns cost."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings


def tax_of(net_cents: int) -> int:
    """By the setting `ads_tax_percent`, rounded half up."""
    tax = Decimal(net_cents) * Decimal(str(settings.ADS_TAX_PERCENT)) / 100
    return int(tax.quantize(Decimal(1), rounding=ROUND_HALF_UP))
