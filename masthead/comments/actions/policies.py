"""Writes: who may comment where."""

from datetime import datetime
from typing import Any

from django.db import transaction

from masthead.accounts.models import User
from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.models import Act, Decision, House, Policy, Thread, WordList
from masthead.comments.rules import FIELDS
from masthead.comments.shown import for_page
from masthead.outlets.models import Outlet, Section

Where = Outlet | Section | PublishedArticle | None  # None: the network


def set_policy(*, where: Where, by: User | None, at: datetime, **given: Any) -> Policy:
    """
    Set rules of one place; what is None or empty is the next wider place's.

    given: some of `rules.FIELDS`. Pages that could have comments are printed anew.
    """
    unknown = set(given) - set(FIELDS)
    if unknown:
        raise ValueError(f"No rules of comments: {sorted(unknown)}")
    with transaction.atomic():
        policy = _policy(where)
        before = {name: getattr(policy, name) for name in FIELDS}
        for name, value in given.items():
            setattr(policy, name, value)
        policy.save()
        if isinstance(where, PublishedArticle):
            _write_thread(where, policy)
            note_change(keys=[keys.comments(where.article_id)], at=at)
        else:
            outlets = Outlet.objects.live().order_by("pk")
            for outlet in outlets if policy.outlet_id is None else [policy.outlet]:
                if outlet is not None:
                    write_house(outlet_id=outlet.pk, at=at)
        Decision.objects.create(
            act=Act.RULES,
            at=at,
            by=by,
            outlet_id=policy.outlet_id,
            before={"place": policy.place, "was": before, "is": as_rules(policy)},
        )
    return policy


def _policy(where: Where) -> Policy:
    if where is None:
        return Policy.objects.get_or_create(place="network")[0]
    if isinstance(where, PublishedArticle):
        return Policy.objects.get_or_create(
            place=f"article:{where.pk}",
            defaults={"published": where, "outlet_id": where.outlet_id},
        )[0]
    if isinstance(where, Section):
        outlet = Outlet.objects.ancestor_of(where).get()
        return Policy.objects.get_or_create(
            place=f"section:{where.pk}", defaults={"section": where, "outlet": outlet}
        )[0]
    return Policy.objects.get_or_create(place=f"outlet:{where.pk}", defaults={"outlet": where})[0]


def as_rules(policy: Policy) -> dict[str, Any]:
    """Only what is set."""
    values = {name: getattr(policy, name) for name in FIELDS}
    return {name: value for name, value in values.items() if value not in {None, ""}}


def _write_thread(place: PublishedArticle, policy: Policy) -> None:
    thread, _made = Thread.objects.get_or_create(
        published=place, defaults={"article_id": place.article_id, "outlet_id": place.outlet_id}
    )
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    thread.rules = as_rules(policy)
    thread.first = for_page(thread)
    thread.save(update_fields=["rules", "first"])


def write_house(*, outlet_id: int, at: datetime) -> None:
    """Put an outlet's rules, with the network's, where pages read them. Repeatable."""
    policies = {each.place: as_rules(each) for each in Policy.objects.filter(published=None)}
    of_sections = Policy.objects.filter(outlet=outlet_id, section__isnull=False)
    rules = {
        "default": {**policies.get("network", {}), **policies.get(f"outlet:{outlet_id}", {})},
        "sections": {str(each.section_id): as_rules(each) for each in of_sections},
    }
    with transaction.atomic():
        house, _made = House.objects.get_or_create(outlet_id=outlet_id)
        if house.rules == rules:
            return
        House.objects.filter(pk=house.pk).update(rules=rules)
        note_change(keys=[keys.comment_rules(outlet_id)], at=at)


def set_words(
    *, outlet: Outlet | None, kind: str, words: str, by: User | None, at: datetime
) -> None:
    """Put a list of words in the place of the old one; what was judged before stays as it is."""
    with transaction.atomic():
        found, _made = WordList.objects.get_or_create(outlet=outlet, kind=kind)
        lines = "\n".join(dict.fromkeys(filter(None, map(str.strip, words.splitlines()))))
        if found.words == lines:
            return
        was, found.words = found.words, lines
        found.save(update_fields=["words"])
        Decision.objects.create(
            act=Act.WORDS, at=at, by=by, outlet=outlet, before={"kind": kind, "was": was}
        )
