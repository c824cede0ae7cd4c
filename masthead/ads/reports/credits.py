"""What credit notes take back of what campaigns earned; and the papers themselves, for books."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from masthead.ads.models import AdInvoice, CreditNote
from masthead.ads.reports.money import Earned, Month

Share = tuple[int, int | None]  # flight, outlet


@dataclass(frozen=True)
class Credited:
    """Of one campaign, before tax: what its invoices said, and what was credited by month."""

    invoiced_cents: int
    by_month: Mapping[Month, int]


def less_credits(rows: Sequence[Earned]) -> list[Earned]:
    """The same with what credit notes take back, in the order of `money.earned`. Two queries."""
    of_campaign: dict[int, list[Earned]] = defaultdict(list)
    for row in rows:
        of_campaign[row.flight.campaign_id].append(row)
    taken = [
        each
        for campaign, credited in credited_of(of_campaign).items()
        for each in taken_back(of_campaign[campaign], credited)
    ]
    return sorted(
        [*rows, *taken],
        key=lambda row: (*(-n for n in row.month), row.flight.pk, row.outlet or 0, -row.cents),
    )


def credited_of(campaigns: Iterable[int]) -> dict[int, Credited]:
    """By campaign, those that have any."""
    wanted = CreditNote.objects.filter(invoice__campaign__in=list(campaigns)).order_by("number")
    sums: dict[int, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    for campaign, at, net in wanted.values_list("invoice__campaign", "issued_at", "net_cents"):
        sums[campaign][at.year, at.month] += net
    invoiced: dict[int, int] = defaultdict(int)
    invoices = AdInvoice.objects.filter(campaign__in=list(sums)).order_by("number")
    for campaign, net in invoices.values_list("campaign", "net_cents"):
        invoiced[campaign] += net
    return {pk: Credited(invoiced[pk], dict(months)) for pk, months in sums.items()}


def taken_back(rows: Iterable[Earned], credited: Credited) -> list[Earned]:
    """
    Rows with negative amounts, for one campaign's: in the month of a credit note, or later, as
    soon as more was earned than the invoices still ask for; never more than was credited.

    Divided by what is left of each flight in each title; the last share gets what is left over.
    """
    by_month: dict[Month, list[Earned]] = defaultdict(list)
    for row in rows:
        by_month[row.month].append(row)
    one_of: dict[Share, Earned] = {}
    left: dict[Share, int] = defaultdict(int)
    earned = so_far = taken = 0
    found: list[Earned] = []
    for month in sorted({*by_month, *credited.by_month}):
        for row in by_month[month]:
            share = (row.flight.pk, row.outlet)
            one_of[share] = row
            left[share] += row.cents
            earned += row.cents
        so_far += credited.by_month.get(month, 0)
        due = min(so_far, max(0, earned - (credited.invoiced_cents - so_far)))
        for share, cents in _divided(due - taken, left):
            left[share] -= cents
            found.append(replace(one_of[share], month=month, views=0, clicks=0, cents=-cents))
        taken = max(taken, due)
    return found


def _divided(cents: int, weights: Mapping[Share, int]) -> list[tuple[Share, int]]:
    shares = [(share, weight) for share, weight in sorted(weights.items(), key=str) if weight > 0]
    if cents <= 0 or not shares:
        return []
    whole, rest, found = sum(weight for _, weight in shares), cents, []
    for share, weight in shares[:-1]:
        part = cents * weight // whole
        rest -= part
        found.append((share, part))
    found.append((shares[-1][0], rest))
    return [each for each in found if each[1]]


@dataclass(frozen=True)
class Paper:
    """answers: of a credit note, the invoice's number. Its amounts are negative."""

    it: AdInvoice | CreditNote
    campaign: str
    advertiser: str
    answers: str
    currency: str
    net_cents: int
    tax_cents: int

    @property
    def month(self) -> str:
        return f"{self.it.issued_at:%Y-%m}"


def papers_of(campaigns: Iterable[int]) -> list[Paper]:
    """The newest first. Two queries."""
    wanted = list(campaigns)
    invoices = AdInvoice.objects.filter(campaign__in=wanted).order_by("number")
    notes = CreditNote.objects.filter(invoice__campaign__in=wanted).order_by("number")
    found = [
        _paper(each, each, sign=1) for each in invoices.select_related("campaign__advertiser")
    ] + [
        _paper(each, each.invoice, sign=-1, answers=str(each.invoice))
        for each in notes.select_related("invoice__campaign__advertiser")
    ]
    return sorted(found, key=lambda each: each.it.issued_at, reverse=True)


def _paper(
    it: AdInvoice | CreditNote, invoice: AdInvoice, *, sign: int, answers: str = ""
) -> Paper:
    return Paper(
        it=it,
        campaign=invoice.campaign.name,
        advertiser=invoice.campaign.advertiser.name,
        answers=answers,
        currency=invoice.currency,
        net_cents=sign * it.net_cents,
        tax_cents=sign * it.tax_cents,
    )
