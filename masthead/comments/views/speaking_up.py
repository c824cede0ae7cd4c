"""Respecting, reporting and ignoring; the notice of illegal content, which needs no account."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.comments.actions.appealing import (
    CannotAppeal,
    object_to_outcome,
    why_no_objection,
)
from masthead.comments.actions.speaking_up import (
    Notice,
    NotPossible,
    ignore,
    report_comment,
    respect_comment,
)
from masthead.comments.admission import notices, small_acts
from masthead.comments.models import Comment, Report
from masthead.comments.reporters import find_report, number_of
from masthead.comments.views.doorway import (
    acting,
    address_of,
    find_own,
    get_comment,
    page,
    said,
    sheet_of,
)
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.budget import JOINING, may_be_sent


@acting(admission=small_acts)
def respect(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    comment = get_comment(request, comment_id)
    reader, back = find_own(request), _back(request, comment)
    if reader is None:
        return said(request, _("Sign in to respect comments."), status=403, back=back)
    try:
        number = respect_comment(comment=comment, reader=reader, at=timezone.now())
    except NotPossible as cannot:
        return said(request, str(cannot), status=422, back=back)
    return said(request, _("Noted, thank you."), back=back, more={"respects": number})


@acting(methods=("GET", "POST"), admission=notices)
def report(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """The form, and what it sends. A reader who is signed in, or a notice that it is illegal."""
    comment = get_comment(request, comment_id)
    reader, back = find_own(request), _back(request, comment)
    if request.method != "POST":
        return _form(request, comment, back=back, is_known=reader is not None)
    reason = request.POST.get("reason", "")
    if reason not in Report.Reason.values:
        return said(request, _("Please say what is wrong with it."), status=422, back=back)
    try:
        notice = _notice(request, reason, is_known=reader is not None)
        report_comment(
            comment=comment,
            notice=notice,
            reader=reader,
            at=timezone.now(),
        )
    except NotPossible as cannot:
        return said(request, str(cannot), status=422, back=back)
    words = _("Thank you. The moderators will look at it.")
    if reason == Report.Reason.ILLEGAL:
        words = _("Your notice has arrived. A person will decide on it and tell you how.")
    return said(request, words, status=201, back=back)


def _notice(request: HttpRequest, reason: str, *, is_known: bool) -> Notice:
    """Raises NotPossible: what Article 16 of the Digital Services Act wants to be there."""
    words, law, name, email = (
        request.POST.get(each, "").strip() for each in ("words", "law", "name", "email")
    )
    notice = Notice(reason, words, law, name, email)
    if reason == Report.Reason.ILLEGAL:
        if not notice.law or len(notice.words) < 10:
            raise NotPossible(_("Please say which law it breaks, and why."))
        if notice.email:
            notice = _with_answer(request, notice)
    elif not is_known:
        raise NotPossible(_("Sign in to report comments, or report what is against the law."))
    return notice


def _with_answer(request: HttpRequest, notice: Notice) -> Notice:
    """Nobody has proved that the address is theirs. Raises NotPossible for what is none."""
    try:
        address = read_address(notice.email)
    except NotAnAddress as error:
        raise NotPossible(_("That is not an e-mail address.")) from error
    source = address_of(request) or ""
    is_answered = may_be_sent(pool=JOINING, address=address, source=source, at=timezone.now())
    return replace(notice, email=address, is_answered=is_answered)


def _form(request: HttpRequest, comment: Comment, *, back: str, is_known: bool) -> HttpResponse:
    reasons = [each for each in Report.Reason.choices if is_known or each[0] == "illegal"]
    context = {
        "reasons": reasons,
        "action": sheet_of(request).url(f"comments/do/report/{comment.public_id}"),
        "text": comment.text,
        "back": back,
    }
    return page(request, "comments/report.html", title=_("Report a comment"), context=context)


@acting(methods=("GET", "POST"), admission=small_acts)
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """
    By the link in the mail: that a comment stays of which they gave notice is wrong, and why.

    The page says nothing of who gave it, nor of their words: a mail can be passed on.
    """
    report = find_report(token)
    if report is None or report.outlet_id != sheet_of(request).id:
        raise Http404
    cannot = why_no_objection(report, at=timezone.now())
    if cannot:
        return said(request, cannot, status=200 if request.method == "GET" else 422)
    if request.method != "POST":
        place = report.comment.thread.published
        context = {
            "headline": place.headline,
            "url": f"{sheet_of(request).url(f'comments/{place.public_id}/')}"
            f"{report.comment.public_id}/",
            "number": number_of(report),
            "action": request.path,
        }
        return page(
            request, "comments/objection.html", title=_("Object to a decision"), context=context
        )
    try:
        object_to_outcome(report=report, words=request.POST.get("words", ""), at=timezone.now())
    except CannotAppeal as error:
        return said(request, str(error), status=422, back=request.path)
    words = _("Your objection has arrived. A person will look at it again and tell you.")
    return said(request, words, status=201)


@acting(admission=small_acts)
def ignoring(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """See nothing of a comment's author any more; with `stop`, again."""
    comment = get_comment(request, comment_id)
    reader, back = find_own(request), _back(request, comment)
    if reader is None or comment.author is None:
        return said(request, _("Sign in to ignore somebody."), status=403, back=back)
    stop = bool(request.POST.get("stop"))
    try:
        ignore(reader=reader, other=comment.author, at=timezone.now(), stop=stop)
    except NotPossible as cannot:
        return said(request, str(cannot), status=422, back=back)
    return said(request, _("You will not see their comments."), back=back)


def _back(request: HttpRequest, comment: Comment) -> str:
    place = comment.thread.published
    if place.state != "live":
        raise Http404
    return f"{sheet_of(request).url(f'comments/{place.public_id}/')}{comment.public_id}/"
