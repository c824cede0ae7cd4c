from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "masthead.people"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from masthead.people.models import Author
        from masthead.people.receivers import on_author_deleted

        post_delete.connect(on_author_deleted, sender=Author)
