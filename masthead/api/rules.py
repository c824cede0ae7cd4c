"""Who keeps partners: the publishers of all their titles, and owners."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from masthead.accounts.models import User
from masthead.accounts.rules import may_manage_any_people, may_manage_people
from masthead.outlets.models import Outlet


def may_see_partners(user: Any) -> bool:
    return may_manage_any_people(user)


def may_keep_partners_of(user: User | AnonymousUser, outlet: Outlet) -> bool:
    return may_manage_people(user, outlet)
