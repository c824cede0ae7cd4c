from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "masthead.comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from masthead.comments.along import read_along
        from masthead.comments.jobs import follow_sheet
        from masthead.comments.parts import COMMENTS
        from masthead.outlets.on_sheets import register_on_sheets
        from masthead.press.annexes import Annex, register_annex
        from masthead.press.page_parts import register_page_part

        read_along()
        register_page_part(COMMENTS)
        register_on_sheets("comments", lambda outlet_id: follow_sheet.later(outlet_id=outlet_id))
        register_annex(Annex(prefix="comments/", to_app=("comments/do/",)))
