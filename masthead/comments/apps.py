from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SHUT_OUT = _(
    "That you were shut out of commenting. While that lasts, a mark stays by which your address is "
    "known again, and from which nobody can read it."
)


class CommentsConfig(AppConfig):
    name = "masthead.comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from masthead.accounts.doors import open_to_moderators
        from masthead.comments.along import read_along
        from masthead.comments.jobs import follow_sheet
        from masthead.comments.parts import COMMENTS
        from masthead.outlets.on_sheets import register_on_sheets
        from masthead.press.annexes import Annex, register_annex
        from masthead.press.page_parts import register_page_part

        open_to_moderators("comments", home="comments:index")
        read_along()
        _register_about_readers()
        register_page_part(COMMENTS)
        register_on_sheets("comments", lambda outlet_id: follow_sheet.later(outlet_id=outlet_id))
        register_annex(Annex(prefix="comments/", to_app=("comments/do/",)))


def _register_about_readers() -> None:
    from masthead.comments import held
    from masthead.comments.proving import POST, carry_post
    from masthead.mail.kinds import LetterKind, register_letter_kind
    from masthead.readers.holdings import Holding, register_holding
    from masthead.readers.intents import register_intent
    from masthead.readers.preferences import Section, register_preferences

    register_intent(POST, carry_post, alone=True)
    for name, label, export, erase, order in (
        ("comments", _("Your comments"), held.export_comments, held.erase_comments, 35),
        ("comment-acts", _("Respects, reports, ignored people"), held.export_acts, None, 36),
        ("comment-decisions", _("Decisions on your comments"), held.export_decisions, None, 37),
        ("comment-bans", SHUT_OUT, held.export_bans, held.erase_shut_out, 38),
    ):
        register_holding(Holding(name, label, export, erase, order))
    register_preferences(
        Section(
            "comments", "comments/preferences.html", held.build_choice, held.save_choice, order=60
        )
    )
    register_letter_kind(LetterKind("comments.decision", _("Decision on a comment")))
    register_letter_kind(LetterKind("comments.notice", _("Notice of illegal content")))
    register_letter_kind(LetterKind("comments.reply", _("Reply to a comment"), asked_for=False))
