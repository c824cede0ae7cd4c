"""What the desk says right after an article was published or planned."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages

from masthead.articles.models import ArticlePage


def tell_of_release(request: HttpRequest, article: ArticlePage) -> None:
    """With the moment of a plan as the outlet's readers will live it, and ways on."""
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[article.pk]), _("Edit"))
    plan = article.scheduled_revision
    if plan is not None:
        when = date_format(timezone.localtime(plan.approved_go_live_at), "DATETIME_FORMAT")
        words = _("“%(headline)s” goes out on %(when)s.")
        messages.success(request, words % {"headline": article.title, "when": when}, buttons=[edit])
        return
    live = messages.button(article.url, _("See it as readers do"), new_window=False)
    words = _("Readers have “%(headline)s” now.")
    messages.success(request, words % {"headline": article.title}, buttons=[live, edit])
