"""Amounts as people read and type them, and in the smallest unit of their currency (“cents”)."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SIGNS = {"eur": "€", "usd": "$", "gbp": "£"}
# By ISO 4217: their smallest unit is the whole one, or a thousandth; of all others a hundredth.
WITHOUT_CENTS = frozenset(
    "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf".split()  # noqa: SIM905  # shorter
)
IN_THOUSANDTHS = frozenset(["bhd", "iqd", "jod", "kwd", "lyd", "omr", "tnd"])


def digits_of(currency: str) -> int:
    """After the point. currency: in lower case."""
    if currency in WITHOUT_CENTS:
        return 0
    return 3 if currency in IN_THOUSANDTHS else 2


def amount_of(cents: int, currency: str) -> Decimal:
    """550 → 5.50; yen 550 → 550. With all of its digits."""
    return Decimal(cents).scaleb(-digits_of(currency))


def cents_of(amount: Decimal, currency: str) -> int:
    """The other way round. Raises ValueError for what is finer than the smallest unit."""
    cents = amount.scaleb(digits_of(currency))
    if cents != cents.to_integral_value():
        raise ValueError(amount)
    return int(cents)


def in_words(cents: int, currency: str) -> str:
    """500 → “€5”, 550 → “€5.50”, -550 → “−€5.50”, by the habits of the language in force."""
    if cents < 0:
        return f"−{in_words(-cents, currency)}"
    exact = amount_of(cents, currency)
    is_whole = exact == exact.to_integral_value()
    places = 0 if is_whole else digits_of(currency)
    amount = number_format(exact, decimal_pos=places, use_l10n=True)
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
    return round(value * 10 ** digits_of(currency))
