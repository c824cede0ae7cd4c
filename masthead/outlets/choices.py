"""What can be chosen for an outlet; callables, so that migrations do not carry the lists."""

from functools import cache
from zoneinfo import available_timezones

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.outlets.networks import NETWORKS


class Typeface(models.TextChoices):
    NEWSREADER = "newsreader", _("Newsreader (serif)")
    INTER = "inter", _("Inter (grotesque)")
    GEORGIA = "georgia", _("Georgia, from the reader's device")
    SYSTEM = "system", _("The reader's own system face")


class RelatedFrom(models.TextChoices):
    NETWORK = "network", _("All titles of the network")
    OUTLET = "outlet", _("This title alone")


def language_choices() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES]


@cache  # asked at each validation of an outlet, and it looks through a few hundred folders
def timezone_choices() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones())]


def network_choices() -> list[tuple[str, str]]:
    return [(key, network.label) for key, network in NETWORKS.items()]
