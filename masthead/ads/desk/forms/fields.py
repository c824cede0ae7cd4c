"""Fields that several forms have: hours as people write them, lists of codes, money, moments."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from masthead.ads.selling.words import runs

_RUN = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?\Z")


class HoursField(forms.CharField):
    """“6–9, 20”: hours of the day, each with its whole hour."""

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]  # Django says str
        text = str(super().to_python(value) or "")
        found: set[int] = set()
        for piece in filter(None, (each.strip() for each in text.split(","))):
            match = _RUN.match(piece)
            first, last = (
                (int(match[1]), int(match[2] or match[1])) if match is not None else (-1, -1)
            )
            if not 0 <= first <= last <= 23:
                raise forms.ValidationError(_("Write hours from 0 to 23, such as 6–9, 20."))
            found.update(range(first, last + 1))
        return sorted(found)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs(value))


class CodesField(forms.CharField):
    """Codes with commas or blanks between them, all in small or in capital letters."""

    def __init__(self, *, capitals: bool = False, **kwargs: Any) -> None:
        self.capitals = capitals
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = str(super().to_python(value) or "")
        words = text.upper() if self.capitals else text.lower()
        return list(dict.fromkeys(words.replace(",", " ").split()))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class MomentField(forms.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        )
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


class MoneyField(forms.DecimalField):
    """An amount as people say it; `selling.money.cents_of` knows how fine its currency is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=11, decimal_places=3, **kwargs)


def ticks(label: Any, choices: Any, *, coerce: Any = str) -> forms.TypedMultipleChoiceField:
    """None ticked: any of them."""
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=choices,
        coerce=coerce,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
