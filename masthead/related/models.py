"""What articles are about, in words, and the lists made of that. Rows of the read model: kept by
the public address of an article, and made again from its newest version whenever need be."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Vector(models.Model):
    """
    The heaviest words of one public article: its own place among all others.

    words: stems, the heaviest first, set apart by spaces. weights, plain: `weighing.Weighed`, two
    bytes a word, of vectors of length 10,000. forms: how the article writes them, for people.
    counted: whether its words are in `Frequency`. weighed_among: how many articles were counted
    when it was weighed.
    """

    published = models.OneToOneField(
        "articles.PublishedArticle", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    version_number = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    weights = models.BinaryField()
    plain = models.BinaryField(default=b"")
    forms = models.TextField(blank=True)
    counted = models.BooleanField(default=False)
    weighed_among = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["published"], condition=models.Q(counted=False), name="vectors_to_count"
            ),
            models.Index(fields=["weighed_among"], name="vectors_by_age"),
        ]


class Corpus(models.Model):
    """How many articles of a language have been counted."""

    language = models.CharField(max_length=12, primary_key=True)
    articles = models.PositiveIntegerField(default=0)


class Frequency(models.Model):
    """In how many of them a word is."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    articles = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="frequency_word_once")
        ]


class Posting(models.Model):
    """
    The articles that a word is among the heaviest of: their rows, eight bytes each, the weights
    beside them two bytes each, as in `Vector`, in the order in which they came.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    rows = models.BinaryField()
    weights = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="posting_word_once")
        ]


class Related(models.Model):
    """
    One article in the list below another, and why it is there.

    place: from 0, pinned ones first. why: `related.scoring.reasons`.
    """

    of = models.ForeignKey("articles.PublishedArticle", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    place = models.PositiveSmallIntegerField()
    is_pinned = models.BooleanField(default=False)
    score = models.FloatField()
    why = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "other"], name="related_once"),
        ]
        indexes = [models.Index(fields=["of", "place"], name="related_in_order")]


class Pick(models.Model):
    """What an editor decided about one article below another. It outlives both their versions."""

    class Kind(models.TextChoices):
        PIN = "pin", _("Pinned")
        BAN = "ban", _("Banned")

    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="pick_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article_id} → {self.other_id}"


class RulesApplied(models.Model):
    """Under which rules an outlet's lists were made: when it has others now, they are due."""

    outlet = models.OneToOneField(
        "outlets.Outlet", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    rules = models.JSONField()
