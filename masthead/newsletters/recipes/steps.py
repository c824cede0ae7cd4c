"""Which steps a recipe can have, and what each of them takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.newsletters.blocks import BadBlocks, clean_blocks

MOST_STEPS = 20
MOST_DAYS = 14
# Steps that are a block as it stands, filled at print.
AS_BLOCKS = ("greeting", "text", "offer", "placement", "divider", "most-read", "corrections")


class BadRecipe(Exception):
    """What was sent is no recipe; the text can be shown to a person."""


@dataclass(frozen=True)
class Step:
    """label, help: for the desk. numbers: what it takes, by name: least, usual, most."""

    label: str | Promise
    help: str | Promise
    numbers: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


STEPS: dict[str, Step] = {
    "fronted": Step(
        gettext_lazy("The front’s articles"),
        gettext_lazy("What editors placed on the front, in their order; the first one leads."),
        {"most": (1, 5, 12)},
    ),
    "newest": Step(
        gettext_lazy("The newest"),
        gettext_lazy("What is newest in the whole outlet."),
        {"most": (1, 5, 12)},
    ),
    "sections": Step(
        gettext_lazy("Each section’s best"),
        gettext_lazy("Of every section what is read most, then what is newest."),
        {"most": (1, 2, 6)},
    ),
    "not-had": Step(
        gettext_lazy("Nothing twice"),
        gettext_lazy("Leaves out what editions of this newsletter had in the last days."),
        {"days": (1, 7, MOST_DAYS)},
    ),
    "since": Step(
        gettext_lazy("Only what is new"),
        gettext_lazy("Leaves out what was published longer ago than so many hours."),
        {"hours": (1, 24, 24 * MOST_DAYS)},
    ),
    "most-read": Step(
        gettext_lazy("Most read"), gettext_lazy("A list, filled when it is printed.")
    ),
    "corrections": Step(
        gettext_lazy("Corrections"), gettext_lazy("What was corrected since the last edition.")
    ),
    "greeting": Step(gettext_lazy("Greeting"), gettext_lazy("A line to the reader.")),
    "text": Step(gettext_lazy("Text"), gettext_lazy("The same words in every edition.")),
    "offer": Step(
        gettext_lazy("Offer of the house"),
        gettext_lazy("Not in the copies of readers who paid for no advertising."),
    ),
    "placement": Step(
        gettext_lazy("Advertisement"), gettext_lazy("What is sold for it; nothing else.")
    ),
    "divider": Step(gettext_lazy("Line between"), ""),
}
CHOOSING = ("fronted", "newest", "sections")


def clean_recipe(given: Any) -> list[dict[str, Any]]:
    """
    The steps with exactly what each of them takes. Raises BadRecipe.

    An empty one is no recipe: nothing builds itself.
    """
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise BadRecipe(_("What was sent is no recipe."))
    if len(given) > MOST_STEPS:
        raise BadRecipe(_("A recipe has at most %(most)d steps.") % {"most": MOST_STEPS})
    return [_clean(step, number) for number, step in enumerate(given, start=1)]


def usual_recipe() -> list[dict[str, Any]]:
    """What a new newsletter begins with."""
    return clean_recipe(
        [
            {"step": "since"},
            {"step": "not-had"},
            {"step": "fronted"},
            {"step": "sections"},
            {"step": "most-read"},
            {"step": "corrections"},
        ]
    )


def _clean(step: dict[str, Any], number: int) -> dict[str, Any]:
    name = step.get("step")
    known = STEPS.get(name) if isinstance(name, str) else None
    if known is None:
        raise BadRecipe(_("Step %(number)d is none there is.") % {"number": number})
    if name in AS_BLOCKS:
        fields = {key: value for key, value in step.items() if key != "step"}
        try:
            block = clean_blocks([{**fields, "kind": name}])[0]
        except BadBlocks as error:
            raise BadRecipe(str(error)) from error
        return {"step": name, **{key: value for key, value in block.items() if key != "kind"}}
    numbers = {key: _number(step, key, known, number) for key in known.numbers}
    return {"step": name, **numbers}


def _number(step: dict[str, Any], key: str, known: Step, number: int) -> int:
    least, usual, most = known.numbers[key]
    value = step.get(key, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        words = _("Step %(number)d, %(step)s: the number is from %(least)d to %(most)d.")
        raise BadRecipe(
            words % {"number": number, "step": known.label, "least": least, "most": most}
        )
    return value
