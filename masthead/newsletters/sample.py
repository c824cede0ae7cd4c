"""A real edition for the mail doctor to look at."""

from masthead.mail.verp import plain_sender, token
from masthead.newsletters.joining.links import for_delivery
from masthead.newsletters.models import Delivery
from masthead.newsletters.splicing import splice
from masthead.outlets.queries import find_sheet_of


def newest_edition() -> tuple[str, bytes] | None:
    """The newest copy to somebody, as it went out but to nobody; None before the first."""
    known = Delivery.objects.select_related("copy", "edition__newsletter")
    delivery = known.order_by("-pk").first()
    if delivery is None:
        return None
    sheet = find_sheet_of(outlet_id=delivery.edition.newsletter.outlet_id)
    if sheet is None:
        return None
    links = for_delivery(delivery_id=delivery.pk, sheet=sheet)
    mark = token("d", delivery.pk)
    fields = {
        "TO": "reader@example.com",
        "MESSAGE-ID": f"{mark}@{plain_sender().rpartition('@')[2]}",
        "DELIVERY": mark,
        "LEAVE": links.leave,
        "PREFERENCES": links.preferences,
        "GREETING": "",
    }
    encoded = {name: value.encode() for name, value in fields.items()}
    return str(delivery.edition), splice(bytes(delivery.copy.parts), encoded)
