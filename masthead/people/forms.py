"""A new author, from within the byline."""

from typing import Any

from django import forms

from masthead.core.text import short_slug
from masthead.people.models import Author


class AuthorForm(forms.ModelForm):  # type: ignore[type-arg]
    """The two things a byline needs now; the rest can be written later."""

    class Meta:
        model = Author
        fields = ["name", "role"]

    def save(self, commit: bool = True) -> Any:
        self.instance.slug = free_author_slug(self.instance.name)
        return super().save(commit)


def free_author_slug(name: str) -> str:
    """The address made from a name; numbered when somebody of that name is there already."""
    wanted = short_slug(name)
    taken = set(Author.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
