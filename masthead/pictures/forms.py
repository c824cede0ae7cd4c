"""The form every picture comes in through: the chooser, the picture screens, several at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import UploadedFile

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.pictures import actions
from masthead.pictures.looking import Look, PictureRefused, check_bytes, look_at

UPLOADED_PREFIX = "uploaded-image-"  # Wagtail's, for a file that waits for its words


class PictureUpload(WagtailImageField):
    """
    An upload that has been looked at; the cleaned file carries what was seen as `.look`.

    Wagtail's own field decodes the pixels in this process before it counts them.
    """

    default_validators: list[Any] = []  # wrong extensions get a sentence in looking.py

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        try:
            check_bytes(data.size)
            data.look = look_at(data=_content(data), name=data.name)
        except PictureRefused as refused:
            raise ValidationError(str(refused), code=refused.problem) from refused
        return forms.FileField.to_python(self, data)


class PictureForm(BaseImageForm):
    """Asks for the alternative text and fills empty fields from the words inside the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            was = self.fields["file"]
            self.fields["file"] = PictureUpload(
                label=was.label, widget=was.widget, max_length=was.max_length
            )
        if "description" in self.fields:
            self._ask_for_alt()
        if not self.is_bound and (look := self._waiting_look):
            self.initial |= {name: value for name, value in _words(look).items() if value}

    def _ask_for_alt(self) -> None:
        field = self.fields["description"]
        field.required = True
        field.label = _("Alternative text")
        field.help_text = _("What somebody who cannot see it needs to know.")
        field.error_messages["required"] = _(
            "Say what somebody who cannot see the picture needs to know."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        look = getattr(cleaned.get("file"), "look", None)
        if look is not None:
            for name, value in _words(look).items():
                self._fill(cleaned, name, value)
        return cleaned

    def _fill(self, cleaned: dict[str, Any], name: str, value: Any) -> None:
        # A field nobody was shown is left alone: the upload of several at once sends only files,
        # and its missing alternative text is what makes Wagtail ask for the words next.
        shown = self.add_prefix(name) in self.data
        if shown and value and not cleaned.get(name):
            cleaned[name] = value
            self.errors.pop(name, None)

    def save(self, commit: bool = True) -> Any:
        is_new_file = self.instance.pk is None or "file" in self.changed_data
        if is_new_file:
            actions.forget_copies(picture=self.instance)
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            picture = super().save(commit=True)
            if is_new_file:
                actions.ask_for_copies(picture=picture)
            # Words and focal point are on every page that shows it.
            note_change(keys=[keys.picture(picture.pk)], at=timezone.now())
        picture.file.close()  # Wagtail opens it to take its fingerprint and leaves it open
        return picture

    @cached_property
    def _waiting_look(self) -> Look | None:
        """What is in a file of a multiple upload that waits for its words."""
        pk = str(self.prefix or "").removeprefix(UPLOADED_PREFIX)
        if self.prefix == pk or not pk.isdigit():
            return None
        waiting = UploadedFile.objects.filter(pk=pk).first()
        if waiting is None:
            return None
        try:
            with waiting.file.open("rb") as file:
                return look_at(data=file.read(), name=waiting.file.name)
        except (PictureRefused, OSError):
            return None


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content


def _words(look: Look) -> dict[str, Any]:
    """The form's fields that the file can fill, as long as the columns allow."""
    return {
        "description": look.alt[:255],
        "caption": look.caption,
        "credit": look.credit_line[:200],
        "taken_on": look.taken_on,
    }
