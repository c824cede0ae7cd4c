"""Which IP addresses belong to the public internet, and which lead back into our own house."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Python's `is_global` is not enough: 3.11 takes NAT64 and 6to4 forms of 127.0.0.1 and all of
# multicast for public.
NOT_PUBLIC_4 = [
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",  # looks public; Azure answers there with a machine's own settings
    )
]
# The internet of IPv6 is 2000::/3; loopback, link-local, unique local, multicast, NAT64
# (64:ff9b::/96) and every way of writing an IPv4 address inside an IPv6 one lie outside.
PUBLIC_6 = ip_network("2000::/3")
NOT_PUBLIC_6 = [
    ip_network(block)
    for block in (
        "2001::/23",  # special purposes, Teredo among them
        "2001:db8::/32",
        "3fff::/20",  # for documents
        "2002::/16",  # 6to4: any IPv4 address, private ones too
    )
]


def is_public(address: str) -> bool:
    """Whether an IP address, as the resolver writes it, may be called from here."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global and not any(ip in block for block in NOT_PUBLIC_4)
    return _is_public_6(ip)


def _is_public_6(ip: IPv6Address) -> bool:
    if ip.scope_id is not None or ip not in PUBLIC_6:
        return False
    return ip.is_global and not any(ip in block for block in NOT_PUBLIC_6)


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
