"""Amounts as people read them."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SIGNS = {"eur": "€", "usd": "$", "gbp": "£"}
# Their smallest unit is the whole one (ISO 4217).
WITHOUT_CENTS = {"jpy", "krw", "clp", "vnd", "xaf", "xof", "isk", "ugx"}


def in_words(cents: int, currency: str) -> str:
    """500 → “€5”, 550 → “€5.50”, -550 → “−€5.50”, by the habits of the language in force."""
    if cents < 0:
        return f"−{in_words(-cents, currency)}"
    if currency in WITHOUT_CENTS:
        amount = number_format(cents, use_l10n=True)
    else:
        whole = cents % 100 == 0
        amount = number_format(cents / 100, decimal_pos=0 if whole else 2, use_l10n=True)
    sign = SIGNS.get(currency)
    return f"{sign}{amount}" if sign else f"{amount} {currency.upper()}"


def every_in_words(every: str) -> str:
    return {"month": _("a month"), "year": _("a year")}.get(every, "")


def cents_from(text: str, currency: str) -> int:
    """What somebody typed as an amount. Raises ValueError."""
    cleaned = text.strip().replace(",", ".").lstrip("".join(SIGNS.values())).strip()
    value = float(cleaned)
    if not 0 < value < 100_000:
        raise ValueError(text)
    return round(value if currency in WITHOUT_CENTS else value * 100)
