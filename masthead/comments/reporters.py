"""
Mails to who reported a comment as illegal and left an address: that the notice has arrived, what
was decided, as Article 16 (4) and (5) of the EU's Digital Services Act ask for, and what became of
an objection to that (Article 20).

No word of the comment or of the notice is in them: whoever types a stranger's address has nothing
carried there.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from masthead.comments.models import Appeal, Report
from masthead.comments.wording import why_refused
from masthead.mail.models import Letter
from masthead.mail.post import write_letter
from masthead.mail.printing import print_mail
from masthead.outlets.queries import find_sheet_of
from masthead.outlets.sheet import Sheet
from masthead.readers.proofs import may_write_to, sender_of
from masthead.readers.tokens import NoSuchToken, make_token, read_token

# A moderator may undo with one key what they did with one key.
TOLD_AFTER = timedelta(minutes=5)
OBJECTING = "object"  # what the link in the mail opens
DECIDED = (Report.State.UPHELD, Report.State.DISMISSED, Report.State.VOID)


def address_of(report: Report) -> str:
    """Where to tell somebody of their notice; empty where they left no address."""
    if report.reason != Report.Reason.ILLEGAL:
        return ""
    if report.email:
        return report.email
    reader = report.reader
    return reader.email if reader is not None and reader.proved_at is not None else ""


def confirm_receipt(*, report: Report, at: datetime) -> None:
    """Once for each notice."""
    _write(report, "comments/mail/notice", key=_receipt(report), at=at)


def tell_of_outcome(*, report: Report, at: datetime) -> None:
    """
    What was decided, why that is open to dispute, and how. Once for each decision.

    Only to whom its receipt was confirmed: an address beyond the budget hears nothing more.
    """
    if report.state not in DECIDED or not Letter.objects.filter(key=_receipt(report)).exists():
        return
    if Appeal.objects.filter(report=report, answered_at=report.decided_at).exists():
        return  # what came of their own objection is told with the answer to that
    key = f"comments.notice-decided:{report.pk}:{report.decision_id or 0}"
    _write(report, "comments/mail/notice_decided", key=key, at=at)


def tell_of_objection(*, appeal: Appeal, report: Report, at: datetime) -> None:
    """To who gave notice and objected to what became of it: what was decided, and why. Once."""
    stands = report.decision
    had_gone = stands is not None and stands.at != report.decided_at
    more = {
        "granted": appeal.state == Appeal.State.GRANTED,
        "answer": appeal.answer,
        "already": why_refused(stands.reason) if stands is not None and had_gone else "",
    }
    key = f"comments.objection:{appeal.pk}"
    _write(report, "comments/mail/objection", key=key, at=at, more=more)


def objecting_token(report: Report) -> str:
    """Opens the page to object for whoever has the mail about this notice, and nothing else."""
    return make_token(OBJECTING, "n", report.pk)


def find_report(token: str) -> Report | None:
    """The notice whose mail carried this token."""
    try:
        kind, number = read_token(OBJECTING, token)
    except NoSuchToken:
        return None
    rows = Report.objects.select_related("decision", "comment__thread__published", "reader")
    return rows.filter(pk=number).first() if kind == "n" and number < 2**63 else None


def tell_later(comments: Iterable[int], *, at: datetime) -> None:
    """After reports of these comments were decided; call inside that transaction."""
    from masthead.comments.jobs import tell_notifiers

    told = Report.objects.filter(comment__in=comments, reason=Report.Reason.ILLEGAL)
    for comment in told.exclude(state=Report.State.OPEN).values_list("comment", flat=True):
        tell_notifiers.later(comment_id=comment, run_at=at + TOLD_AFTER)


def _receipt(report: Report) -> str:
    return f"comments.notice:{report.pk}"


def number_of(report: Report) -> str:
    return str(report.public_id)[-12:]


def _write(
    report: Report,
    template: str,
    *,
    key: str,
    at: datetime,
    more: Mapping[str, Any] | None = None,
) -> None:
    address, sheet = address_of(report), find_sheet_of(outlet_id=report.outlet_id)
    if not address or sheet is None or not may_write_to(address):
        return
    write_letter(
        key=key,
        kind="comments.notice",
        to=address,
        mail=print_mail(template, sheet=sheet, context={**_context(report, sheet), **(more or {})}),
        sender=sender_of(sheet),
        at=at,
    )


def _context(report: Report, sheet: Sheet) -> dict[str, Any]:
    stays = report.state == Report.State.DISMISSED and report.decision_id is not None
    link = sheet.absolute(f"comments/do/objection/{objecting_token(report)}") if stays else ""
    return {
        "headline": report.comment.thread.published.headline,
        "number": number_of(report),
        "state": report.state,
        "contact": sheet.contact_email,
        "object": link,
    }
