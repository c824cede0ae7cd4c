"""
What a form of the desk puts on a page by its number: only files of the user's part of the network.

Wagtail's choosers offer nobody else's, but their fields take any number that is sent.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import CollectionMember

from masthead.accounts import rules
from masthead.accounts.taking_out import Named, without_files


class OwnFilesForm(WagtailAdminModelForm):
    """
    What stands in a draft already may stay, whoever put it there.

    Another title's file is a number that somebody made up, or a draft of before: no chooser offers
    it. It is answered with a sentence, and everything typed beside it stays. The file itself is
    not shown again, since that would show it.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        fields = [each for each in self.instance._meta.fields if each.name in self.fields]
        had = {file for each in fields for file in files_in(each, _value(self.instance, each))}
        for field in fields:
            given = self._given(field, cleaned)
            theirs = {each for each in {*files_in(field, given)} - had if not self._may_use(*each)}
            if theirs:
                self._show_without(field, given, theirs)
                self.add_error(
                    field.name, _("A file that was here belongs to another title: choose another.")
                )
        return cleaned

    def _given(self, field: Any, cleaned: dict[str, Any]) -> Any:
        """Also of a text that is wrong in another way, since it would be shown again."""
        if field.name in cleaned:
            return cleaned[field.name]
        widget = self.fields[field.name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(field.name))

    def _show_without(self, field: Any, given: Any, theirs: set[Named]) -> None:
        kept = without_files(field, given, theirs)
        self.fields[field.name].bound_data = lambda _data, _initial: kept

    def _may_use(self, model: type[CollectionMember], pk: int) -> bool:
        file = model._default_manager.filter(pk=pk).first()
        return file is None or self.for_user is None or rules.may_see_file(self.for_user, file)


class OwnFilesPageForm(OwnFilesForm, WagtailAdminPageForm):
    """The same for a page."""


def _value(page: Any, field: Any) -> Any:
    return getattr(page, field.name, None)


def files_in(field: Any, value: Any) -> Iterator[Named]:
    """Pictures, documents and recordings in a field's value: itself, or named in its text."""
    if isinstance(value, CollectionMember):
        yield type(value), value.pk
    elif value and hasattr(field, "extract_references"):
        for model, pk, *_path in field.extract_references(value):
            if issubclass(model, CollectionMember):
                yield model, int(pk)
