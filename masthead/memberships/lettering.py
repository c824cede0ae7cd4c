"""An outlet's own words for its letters: what may stand in them, kept, shown, put back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.mail.printing import PrintedMail, print_mail
from masthead.memberships.models import LetterText
from masthead.outlets.models import Outlet
from masthead.outlets.sheet import Sheet

MOST_CHARACTERS = 4_000
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


class TextRefusal(Exception):
    """The text is not kept so; says why to a person."""


@dataclass(frozen=True)
class Kind:
    """
    label: at the desk. template: ours, below memberships/mail/. may: placeholders, each with what
    a preview shows for it. must: those without which the letter is useless.
    """

    label: str | Promise
    template: str
    may: Mapping[str, str | Promise]
    must: tuple[str, ...] = ()


_PLAN: dict[str, str | Promise] = {
    "plan": gettext_lazy("Supporter"),
    "account_url": "https://…/membership/",
}
_AMOUNT = {**_PLAN, "amount": "€7"}
KINDS = {
    "welcome": Kind(gettext_lazy("Welcome to a member"), "welcome", _PLAN),
    "receipt": Kind(
        gettext_lazy("Receipt"), "receipt", {**_PLAN, "paid": "€7", "number": "A-0001"}
    ),
    "failing-0": Kind(gettext_lazy("Card declined: at once"), "failing", _AMOUNT),
    "failing-3": Kind(gettext_lazy("Card declined: after three days"), "failing", _AMOUNT),
    "failing-7": Kind(gettext_lazy("Card declined: after seven days"), "failing", _AMOUNT),
    "trial_ending": Kind(gettext_lazy("End of a trial"), "trial_ending", _AMOUNT),
    "renewal": Kind(gettext_lazy("Renewal of a year"), "renewal", _AMOUNT),
    "goodbye": Kind(gettext_lazy("End of a membership"), "goodbye", _PLAN),
    "gift": Kind(
        gettext_lazy("Code of a gift"),
        "gift",
        {
            "plan": gettext_lazy("Supporter"),
            "days": "366",
            "code": "BCDF-GHJK-LMNP-QRST",
            "redeem_url": "https://…/membership/gift/",
        },
        must=("code",),
    ),
}


def kind_of(letter: str, about: str) -> str:
    """Of a letter's template and what it is about: “failing”, “2026-11-01:3” → “failing-3”."""
    return f"{letter}-{about.rpartition(':')[2]}" if letter == "failing" else letter


def print_letter_of(
    *, kind: str, sheet: Sheet, values: Mapping[str, str], context: Mapping[str, Any]
) -> PrintedMail:
    """In the outlet's own words where it has some, else in ours. One query."""
    own = LetterText.objects.filter(outlet=sheet.id, kind=kind).first()
    if own is None:
        return print_mail(f"memberships/mail/{KINDS[kind].template}", sheet=sheet, context=context)
    return print_own(subject=own.subject, text=own.text, sheet=sheet, values=values)


def print_own(*, subject: str, text: str, sheet: Sheet, values: Mapping[str, str]) -> PrintedMail:
    context = {
        "own_subject": filled(subject, values),
        "paragraphs": [filled(each, values) for each in paragraphs(text)],
    }
    return print_mail("memberships/mail/own", sheet=sheet, context=context)


def filled(text: str, values: Mapping[str, str]) -> str:
    """What is no placeholder of this letter stays as it stands."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs(text: str) -> list[str]:
    return [each.strip() for each in _PARAGRAPHS.split(text) if each.strip()]


def check(*, kind: str, subject: str, text: str) -> None:
    """Raises TextRefusal naming what is wrong."""
    if not subject.strip() or not text.strip():
        raise TextRefusal(_("A letter needs a subject and a text."))
    if len(text) > MOST_CHARACTERS:
        raise TextRefusal(_("The text is too long."))
    allowed = KINDS[kind].may
    said = _PLACEHOLDER.findall(subject) + _PLACEHOLDER.findall(text)
    for name in said:
        if name not in allowed:
            known = ", ".join(f"{{{each}}}" for each in allowed)
            shown = {"name": f"{{{name}}}", "known": known}
            raise TextRefusal(
                _("%(name)s cannot stand in this letter; what can: %(known)s.") % shown
            )
    if _has_stray(subject + text):
        raise TextRefusal(_("A brace is not closed."))
    for name in KINDS[kind].must:
        if name not in _PLACEHOLDER.findall(text):
            raise TextRefusal(_("The text must say %(name)s.") % {"name": f"{{{name}}}"})


def _has_stray(text: str) -> bool:
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def keep_text(
    *, outlet: Outlet, kind: str, subject: str, text: str, by: User, at: datetime
) -> LetterText:
    """Letters written from now on say this. Raises TextRefusal."""
    check(kind=kind, subject=subject, text=text)
    with transaction.atomic():
        kept, _new = LetterText.objects.update_or_create(
            outlet=outlet,
            kind=kind,
            defaults={
                "subject": " ".join(subject.split()),
                "text": text.replace("\r\n", "\n").strip(),
                "changed_at": at,
            },
        )
        log(outlet, "memberships.letter.change", user=by, data={"letter": kind})
    return kept


def put_back(*, outlet: Outlet, kind: str, by: User) -> None:
    """Ours again."""
    with transaction.atomic():
        LetterText.objects.filter(outlet=outlet, kind=kind).delete()
        log(outlet, "memberships.letter.default", user=by, data={"letter": kind})


def our_text(*, kind: str, sheet: Sheet) -> tuple[str, str]:
    """Subject and text of ours, with placeholders where a letter has what they stand for."""
    names: dict[str, Any] = {each: f"{{{each}}}" for each in KINDS[kind].may}
    names["invoice"] = {"number": "{number}"}
    mail = print_mail(f"memberships/mail/{KINDS[kind].template}", sheet=sheet, context=names)
    return mail.subject, mail.text.strip()
