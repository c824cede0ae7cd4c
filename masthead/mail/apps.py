from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "masthead.mail"

    def ready(self) -> None:
        from masthead.mail.incoming import jobs  # noqa: F401  # their schedule
