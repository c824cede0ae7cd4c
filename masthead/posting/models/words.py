"""What one article says on one account, when it is not the usual."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.posting.models.account import Account


class OwnWords(models.Model):
    """
    An article's own text for an account, or its own answer to whether it is posted there.

    may_go_out: they are by somebody who may publish the article. Others wait for such a person.
    """

    class Choice(models.TextChoices):
        USUAL = "", _("As usual")
        YES = "yes", _("Post it")
        NO = "no", _("Do not post it")

    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=3, choices=Choice.choices, blank=True)
    text = models.TextField(blank=True, max_length=5000)
    may_go_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "account"], name="own_words_once_per_account"
            )
        ]

    @property
    def must_wait(self) -> bool:
        """Until a person who may publish has seen what is said."""
        says_something = bool(self.text) or self.choice == self.Choice.YES
        return says_something and not self.may_go_out
