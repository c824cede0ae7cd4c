from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostingConfig(AppConfig):
    name = "masthead.posting"

    def ready(self) -> None:
        from masthead.outlets.supplements import register_supplement
        from masthead.posting.documents import documents_supplement
        from masthead.posting.jobs import carry
        from masthead.posting.websub.jobs import carry as carry_to_followers
        from masthead.publishing.on_release import WayOut, register_on_release

        register_supplement("documents", documents_supplement)
        register_on_release(WayOut("posting", carry, order=200, label=_("Posts on networks")))
        register_on_release(
            WayOut("websub", carry_to_followers, order=210, label=_("Followers of feeds"))
        )
