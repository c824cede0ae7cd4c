"""What the forms of pages share: an address that may be left empty, and where it leads."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from masthead.accounts.grants import OUTLET_DEPTH, collection_for
from masthead.accounts.own_files import OwnFilesPageForm
from masthead.core.text import free_slug, short_slug


class AddressedPageForm(OwnFilesPageForm):
    """Says the page's whole address, and makes the end of it where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["slug"]
        address.required = False
        address.label = _("Address")
        # Asked only where it is shown: autosave makes this form every few seconds.
        address.help_text = lazy(self.said_of_address, str)()
        if title := self.fields.get("title"):
            title.widget.attrs["data-files-of-title"] = lazy(self.files_of_title, str)()

    def files_of_title(self) -> str:
        """The collection that the editor's choosers offer first; of a title still to come, none."""
        places = [each for each in (self.parent_page, self.instance) if each and each.depth]
        place = next((each for each in places if each.depth >= OUTLET_DEPTH), None)
        return str(collection_for(place).pk) if place else ""

    def said_of_address(self) -> str:
        from masthead.outlets.addresses import address_below  # it needs our models

        words = _("Readers find it at %(address)s. Empty: made from the name.")
        return words % {"address": f"{address_below(self.parent_page)}/…/"}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug:
            return slug
        wanted = short_slug(self.cleaned_data.get("title", ""))
        return free_slug(wanted, self.taken_by_neighbours(wanted))

    def taken_by_neighbours(self, slug: str) -> set[str]:
        neighbours = self.parent_page.get_children().filter(slug__startswith=slug)
        return set(neighbours.exclude(pk=self.instance.pk).values_list("slug", flat=True))
