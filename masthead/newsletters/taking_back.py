"""
A withdrawal takes its headline out of what editions are called.

Copies are printed anew by whoever sends them, at its next claim, whether or not anything told it
(`sending.standing`); this is about the words that stand in lists of mails and on the site.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils import timezone

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.newsletters.blocks.kinds import articles_in
from masthead.newsletters.models import CopyArticle, Edition
from masthead.newsletters.queries import OPEN, withdrawn_of
from masthead.newsletters.wording import words_for
from masthead.publishing.models import Release, Version

# Shorter beginnings of a headline that was cut off are anybody's words.
LEAST_CUT = 12


def follow_withdrawal(*, release_id: int) -> None:
    """
    A way out of releases: nothing that is still to be sent, or is on the site, is called by the
    headline of an article that was withdrawn. Done twice it is done once.
    """
    release = Release.objects.get(pk=release_id)
    if release.version_id is not None:
        return
    for edition in _naming(release.article_id):
        with transaction.atomic():
            take_back_words(edition, at=timezone.now())


def _naming(article_id: int) -> Iterable[Edition]:
    had_it = CopyArticle.objects.filter(version__article=article_id).values("copy__edition")
    found = Edition.objects.filter(Q(pk__in=had_it) | Q(state__in=OPEN))
    for edition in found.select_related("newsletter").order_by("pk"):
        if edition.state not in OPEN or article_id in articles_in(edition.blocks):
            yield edition


def take_back_words(edition: Edition, *, at: datetime) -> bool:
    """
    Subject and the line after it are said anew, of what can be read, where they say the headline
    of an article in the edition that was withdrawn. In the caller's transaction.
    """
    in_copies = CopyArticle.objects.filter(copy__edition=edition).order_by("pk")
    named = articles_in(edition.blocks) | set(in_copies.values_list("version__article", flat=True))
    gone = set(withdrawn_of(named).values_list("article", flat=True))
    headlines = _headlines(edition, gone) if gone else set()
    is_named = {line: says(getattr(edition, line), headlines) for line in ("subject", "preheader")}
    if not any(is_named.values()):
        return False
    new = dict(zip(is_named, words_for(edition.blocks, newsletter=edition.newsletter), strict=True))
    changed = {line: new[line] for line, named_there in is_named.items() if named_there}
    Edition.objects.filter(pk=edition.pk).update(**changed)
    for line, words in changed.items():
        setattr(edition, line, words)
    note_change(keys=[keys.newsletter(edition.newsletter_id)], at=at)
    return True


def says(words: str, headlines: Collection[str]) -> bool:
    """Whole, or as the beginning of one that was cut off as `shorten` does."""
    begun = [part.removesuffix("…") for part in words.split(" · ") if part.endswith("…")]
    begun = [part for part in begun if len(part) >= LEAST_CUT]
    return any(
        headline in words or any(headline.startswith(part) for part in begun)
        for headline in headlines
    )


def _headlines(edition: Edition, gone: set[int]) -> set[str]:
    """All that the articles were ever called, on the site and in this edition."""
    found: set[str] = set()
    versions = Version.objects.filter(article__in=gone).order_by("pk")
    named = versions.annotate(long=KT("snapshot__headline"), short=KT("snapshot__short_headline"))
    for pair in named.values_list("long", "short"):
        found |= set(pair)
    found |= {_own(block) for block in edition.blocks if block.get("article") in gone}
    return {" ".join(each.split()) for each in found if each and each.strip()}


def _own(block: dict[str, Any]) -> str:
    return str(block.get("headline", ""))
