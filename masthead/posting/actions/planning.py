"""From a release to rows of the ledger: what each account has to say, change or take back."""

from datetime import datetime, timedelta

from django.db import transaction

from masthead.articles.models import PublishedArticle
from masthead.outlets.queries import find_sheet_of, outlet_of
from masthead.outlets.sheet import Sheet
from masthead.posting.models import Account, Act, Mode, OwnWords, Post, State
from masthead.posting.models.post import TO_SEND, UNSENT
from masthead.posting.networks import find_network
from masthead.posting.queries import (
    accounts_of,
    find_head,
    find_live_row,
    own_words,
    was_corrected_since,
)
from masthead.posting.words import Said, words_of
from masthead.publishing.models import Release

# What was published elsewhere long ago (an import) is no news.
NEWS_FOR = timedelta(days=1)
KEEP_TRYING = timedelta(days=2)
KEEP_TELLING = timedelta(days=7)  # programs that others run are away for a weekend


def plan_posts(*, release: Release, at: datetime) -> list[Post]:
    """
    Write what the release asks of each account of its outlet; answers the new rows.

    One transaction. Repeatable: a row that is there stays as it is. Nothing is planned for a
    release that lies more than a day back. The words are those of the version that readers have
    now, so that releases may be carried late and in any order.
    """
    if release.version_id and release.recorded_at - release.at > NEWS_FOR:
        return []
    with transaction.atomic():
        outlet = outlet_of(release.article)
        row = find_live_row(release.article_id, outlet_id=outlet.pk)
        sheet = find_sheet_of(outlet_id=outlet.pk)
        if sheet is None or (row is None and release.version is not None):
            return []
        # Locked, so that two plans for one article do not both find nothing.
        accounts = accounts_of(outlet.pk).select_for_update()
        return [
            post
            for account in accounts
            for post in (
                *_for_account(account, release, row, sheet, at),
                *_record(account, release, at, is_live=row is not None),
            )
        ]


def _record(account: Account, release: Release, at: datetime, *, is_live: bool) -> list[Post]:
    """Each release of an article is kept; one that is kept already follows it to its end."""
    known = Post.objects.filter(account=account, article=release.article_id, act=Act.RECORD)
    if not known.exists():
        words = own_words(account, release.article_id)
        if not is_live or not account.keeps_documents or words.choice == OwnWords.Choice.NO:
            return []
    return _written(account, release, Act.RECORD, at=at, give_up_at=at + KEEP_TELLING)


def _for_account(
    account: Account, release: Release, row: PublishedArticle | None, sheet: Sheet, at: datetime
) -> list[Post]:
    network = find_network(account.network)
    words = own_words(account, release.article_id)
    if network is not None and network.tells_every_release:
        if words.choice == OwnWords.Choice.NO:
            return []
        return _written(account, release, Act.TELL, at=at, give_up_at=at + KEEP_TELLING)
    head = find_head(account, release.article_id)
    if row is None:
        return _take_back(account, release, head, at) if head else []
    said = words_of(
        row,
        sheet=sheet,
        terms=account.terms,
        own_text=words.text,
        corrected=head is not None and was_corrected_since(head),
    )
    if head is None:
        if at - release.recorded_at > KEEP_TRYING:  # carried once more, after a move
            return []
        if not _is_wanted(account, release, row, words):
            return []
        return _written(
            account, release, Act.POST, state=_first_state(account, words), said=said, at=at
        )
    return _follow(account, release, head, said, at, must_wait=words.must_wait)


def _is_wanted(account: Account, release: Release, row: PublishedArticle, words: OwnWords) -> bool:
    if words.choice:
        return words.choice == OwnWords.Choice.YES
    if account.mode == Mode.OFF or not _is_first(release):
        return False
    sections = {row.section_id, row.top_section_id}
    return (not account.kinds or row.kind in account.kinds) and (
        not account.sections or bool(sections & set(account.sections))
    )


def _is_first(release: Release) -> bool:
    """The first of an article, or the first after it was withdrawn."""
    before = (
        Release.objects.filter(article=release.article_id, pk__lt=release.pk)
        .order_by("-pk")
        .first()
    )
    return before is None or before.act == Release.Act.WITHDRAW


def _first_state(account: Account, words: OwnWords) -> State:
    if account.terms.by_hand:
        return State.BY_HAND
    asks = account.mode == Mode.ASK and words.choice != OwnWords.Choice.YES
    return State.HELD if asks or words.must_wait else State.WAITING


def _follow(
    account: Account, release: Release, head: Post, said: Said, at: datetime, *, must_wait: bool
) -> list[Post]:
    """What a newer version asks of a post that is there."""
    if head.state in UNSENT:  # it says the newest words when its time comes; people see them now
        unsent = Post.objects.filter(pk=head.pk, state__in=UNSENT)
        if must_wait and head.text != said.text:  # what was approved was something else
            unsent.filter(state__in=TO_SEND).update(state=State.HELD)
            unsent.update(by=None)
        unsent.update(text=said.text, link=said.link)
        return []
    if head.text == said.text:
        return []
    network = find_network(account.network)
    is_correction = release.act == Release.Act.CORRECT
    state = State.HELD if must_wait else State.WAITING
    if network is not None and network.can_edit:
        return _written(account, release, Act.EDIT, of=head, said=said, at=at, state=state)
    if not is_correction:
        return []  # a headline polished; the link leads to the new one
    if network is not None and network.can_reply:
        return _written(account, release, Act.REPLY, of=head, said=said, at=at, state=state)
    return _written(account, release, Act.REPLY, of=head, said=said, at=at, state=State.BY_HAND)


def _take_back(account: Account, release: Release, head: Post, at: datetime) -> list[Post]:
    """What was not sent is dropped; what was is deleted, by a person where the network cannot."""
    dropped = Post.objects.filter(
        pk=head.pk,
        state__in=UNSENT,
    ).update(state=State.DROPPED, ended_at=at, done_at=at)
    Post.objects.filter(of=head, state__in=UNSENT).update(state=State.DROPPED, done_at=at)
    if dropped:
        return []
    network = find_network(account.network)
    can = network is not None and network.can_delete
    state = State.WAITING if can else State.BY_HAND
    return _written(account, release, Act.DELETE, of=head, at=at, state=state)


def _written(
    account: Account,
    release: Release,
    act: Act,
    *,
    at: datetime,
    state: State = State.WAITING,
    said: Said | None = None,
    of: Post | None = None,
    give_up_at: datetime | None = None,
) -> list[Post]:
    """A new row, or none when it was there."""
    post, is_new = Post.objects.get_or_create(
        account=account,
        release=release,
        act=act,
        defaults={
            "article_id": release.article_id,
            "of": of,
            "state": state,
            "text": said.text if said else "",
            "link": said.link if said else "",
            "planned_at": at,
            "due_at": at,
            "give_up_at": give_up_at or at + KEEP_TRYING,
        },
    )
    return [post] if is_new else []
