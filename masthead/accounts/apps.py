from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "masthead.accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from masthead.accounts.page_policy import DeskPagePolicy
        from masthead.accounts.second_factor import note_added_factor

        register_permission_policy(AbstractPage, DeskPagePolicy())
        authenticator_added.connect(note_added_factor, dispatch_uid="accounts.note_added_factor")
