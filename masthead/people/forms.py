"""A new author, from within the byline."""

from typing import Any

from django import forms

from masthead.people.models import Author


class AuthorForm(forms.ModelForm):  # type: ignore[type-arg]
    """The two things a byline needs now; the rest can be written later."""

    class Meta:
        model = Author
        fields = ["name", "role"]

    def save(self, commit: bool = True) -> Any:
        self.instance.slug = self.instance.free_slug()
        return super().save(commit)
