"""Where the browser in front of us can use a passkey."""

from ipaddress import ip_address

from django import template
from django.http import HttpRequest

from masthead.accounts.links import desk_link

register = template.Library()


@register.simple_tag
def passkeys_elsewhere(request: HttpRequest) -> str:
    """
    The address of this page by a name, where it was asked for by a bare number; else empty.

    Browsers refuse passkeys there without a word (Web Authentication, 5.1.3, "effective domain").
    """
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return ""
    return desk_link(request.get_full_path())
