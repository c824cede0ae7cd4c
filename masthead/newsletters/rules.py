"""Who may do what with newsletters."""

from typing import Any

from masthead.accounts.rules import may_edit_outlet
from masthead.fronts.rules import may_curate
from masthead.newsletters.models import Newsletter
from masthead.outlets.models import Outlet
from masthead.readers.benefits import Granted
from masthead.readers.models import Benefit


def may_prepare(user: Any, outlet: Outlet) -> bool:
    """
    Write, arrange, test and send: whoever publishes in the whole outlet – its editors, its
    publisher, owners. An edition goes to thousands as a front does.
    """
    return may_curate(user, outlet)


def granted_by(newsletter: Newsletter) -> Granted:
    """What lets readers be on it, where it is for members."""
    return Granted(Benefit.NEWSLETTER, str(newsletter.public_id))


def may_close(user: Any, outlet: Outlet) -> bool:
    """End a newsletter for good: the outlet's publisher, owners."""
    return may_edit_outlet(user, outlet)
