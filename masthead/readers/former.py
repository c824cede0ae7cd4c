"""All addresses a reader had, so that nothing that went there is forgotten about."""

from datetime import datetime

from django.db.models import Q

from masthead.readers.models import FormerAddress, Reader


def note_former(*, reader: Reader, address: str, at: datetime) -> None:
    """In the transaction of the change."""
    FormerAddress.objects.create(reader=reader, address=address, until=at)


def addresses_of(reader: Reader) -> list[str]:
    """Theirs now, and those that were and are nobody else's now. Two queries."""
    former = list(dict.fromkeys(each.address for each in _former(reader)))
    taken = set(Reader.objects.filter(email__in=former).values_list("email", flat=True))
    return [reader.email, *(each for each in former if each not in taken)]


def went_to(reader: Reader, *, at: str) -> Q:
    """
    Rows whose `address` was this reader's at the moment in their column `at`.

    An address goes from hand to hand: what went there while it was somebody else's is not theirs.
    """
    mine = addresses_of(reader)
    found = Q(address=reader.email) & _after_others(reader, reader.email, None, at)
    for each in _former(reader):
        since = _after_others(reader, each.address, each.until, at)
        until = Q() if each.address in mine else Q(**{f"{at}__lte": each.until})
        found |= Q(address=each.address) & since & until
    return found


def _former(reader: Reader) -> list[FormerAddress]:
    return list(reader.former_addresses.order_by("until", "pk"))


def _after_others(reader: Reader, address: str, until: datetime | None, at: str) -> Q:
    """Not what went there while it was another reader's, who had it before."""
    others = FormerAddress.objects.filter(address=address).exclude(reader=reader)
    if until is not None:
        others = others.filter(until__lt=until)
    last = others.order_by("-until", "-pk").values_list("until", flat=True).first()
    return Q(**{f"{at}__gt": last}) if last is not None else Q()
