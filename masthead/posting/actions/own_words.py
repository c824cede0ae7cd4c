"""What one article says on one account instead of the usual."""

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage
from masthead.posting.models import Account, OwnWords
from masthead.publishing.rules import may_publish


def keep_own_words(
    *, article: ArticlePage, account: Account, choice: str, text: str, by: User
) -> None:
    """
    Nothing is kept of what is as usual. An unknown choice counts as the usual one.

    What is new is `by`'s, and goes out by itself only when that person may publish; what stays
    as it is stays whose it was.
    """
    choice = choice if choice in OwnWords.Choice.values else OwnWords.Choice.USUAL
    mine = OwnWords.objects.filter(article=article, account=account)
    if not choice and not text:
        mine.delete()
    elif not mine.filter(choice=choice, text=text).exists():
        OwnWords.objects.update_or_create(
            article=article,
            account=account,
            defaults={
                "choice": choice,
                "text": text,
                "may_go_out": may_publish(by, article),
            },
        )
