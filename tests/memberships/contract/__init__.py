"""
What every payment provider must do for us, whoever it is: the suite that another one runs too.

Derive from `ProviderContract` and give it a `world`: the provider, somebody who can stand before
its hosted pages, and a clock. Nothing here knows Stripe, the stand-in, or our database.
"""

from tests.memberships.contract.running import Running
from tests.memberships.contract.selling import Selling


class ProviderContract(Selling, Running):
    """All of it."""
