"""Who asks, as something to count by that is no address any more."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

LENGTH = 32
ONE_HOUSE = 64  # bits of an IPv6 address; the rest is anybody's to choose who has these


def asker_of(address: str) -> str:
    """The same for all addresses that one machine is usually given."""
    return salted_hmac("masthead.posting.websub", _house_of(address)).hexdigest()[:LENGTH]


def _house_of(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found.packed, ONE_HOUSE), strict=False))
