from masthead.articles.models.article import (
    Access,
    ArticleAuthor,
    ArticlePage,
    Kind,
    Topic,
)
from masthead.articles.models.published import (
    EmbedCard,
    ListedAuthor,
    ListedTopic,
    PublishedArticle,
    PublishedText,
)

__all__ = [
    "Access",
    "ArticleAuthor",
    "ArticlePage",
    "EmbedCard",
    "Kind",
    "ListedAuthor",
    "ListedTopic",
    "PublishedArticle",
    "PublishedText",
    "Topic",
]
