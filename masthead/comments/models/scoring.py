"""What the scorer learned from the desk's decisions: how often words were in what was refused."""

from django.db import models


class Learned(models.Model):
    """How many comments of a language were approved and refused. One row a language."""

    language = models.CharField(max_length=10, primary_key=True)
    approved = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)


class LearnedWord(models.Model):
    """In how many of them a word's stem was."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=40)
    approved = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="one_row_a_learned_word")
        ]
