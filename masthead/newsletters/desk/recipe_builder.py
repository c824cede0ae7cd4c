"""What the recipe's builder shows: the steps there are, those chosen, and its words."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from masthead.newsletters.desk.forms import NewsletterForm
from masthead.newsletters.recipes import STEPS

WORDS = {
    "up": _("Up"),
    "down": _("Down"),
    "remove": _("Remove"),
    "add": _("Add a step"),
    "empty": _("No steps: editions of this newsletter are made by hand."),
    "most": _("How many at most"),
    "days": _("Days"),
    "hours": _("Hours"),
    "text": _("Text"),
    "title": _("Title"),
    "label": _("Words on the button"),
    "leads_to": _("Leads to"),
    "place": _("Name of the place"),
}
# Beside numbers: what the steps that are blocks take, as fields of the builder.
TEXTS = {
    "greeting": ["html"],
    "text": ["html"],
    "offer": ["title", "html", "label", "link"],
    "placement": ["slot"],
}


def builder_state(form: NewsletterForm) -> dict[str, Any]:
    given = form["recipe"].value() or "[]"
    try:
        chosen = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        chosen = []
    return {
        "steps": {
            name: {
                "label": str(step.label),
                "help": str(step.help),
                "numbers": {key: list(numbers) for key, numbers in step.numbers.items()},
                "texts": TEXTS.get(name, []),
            }
            for name, step in STEPS.items()
        },
        "chosen": chosen if isinstance(chosen, list) else [],
        "words": {name: str(words) for name, words in WORDS.items()},
    }
