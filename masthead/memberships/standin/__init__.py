"""
Stripe's stand-in: the same protocol over books of its own, for the demo and for tests.

It knows nothing of Django and moves no money. What its books say is the truth that the mirror in
our database is compared with. Never reachable while real keys are set.
"""

from masthead.memberships.standin.books import Books
from masthead.memberships.standin.service import StandIn

__all__ = ["Books", "StandIn"]
