from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "masthead.articles"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, pre_delete

        from masthead.articles.models import Topic
        from masthead.articles.receivers import on_picture_going, on_topic_deleted
        from masthead.pictures.models import Picture

        post_delete.connect(on_topic_deleted, sender=Topic)
        pre_delete.connect(on_picture_going, sender=Picture)
