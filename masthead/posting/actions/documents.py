"""On which account records of an outlet's articles are kept, and that its pages say so."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from masthead.outlets.actions import write_sheets
from masthead.outlets.queries import find_sheet_of
from masthead.posting.documents import documents_supplement
from masthead.posting.models import Account


class KeptElsewhere(Exception):
    """Another account of the outlet keeps its records; the text says so to a person."""


def keep_documents(*, account: Account, wanted: bool, at: datetime) -> None:
    """
    Begin, or stop, to keep each released article there as a record.

    What is kept already stays, and goes when its article is withdrawn. Raises KeptElsewhere.
    """
    mine = Account.objects.filter(pk=account.pk, documents_since__isnull=wanted)
    try:
        with transaction.atomic():
            mine.update(documents_since=at if wanted else None)
            tell_pages(outlet_id=account.outlet_id, at=at)
    except IntegrityError as error:
        words = _("Another account of this outlet keeps a record of each article already.")
        raise KeptElsewhere(words) from error
    account.refresh_from_db(fields=["documents_since"])


def tell_pages(*, outlet_id: int, at: datetime) -> None:
    """Write where the records are into the outlet's sheet, when that says something else."""
    sheet = find_sheet_of(outlet_id=outlet_id)
    if sheet is not None and sheet.supplements.get("documents", {}) != documents_supplement(
        outlet_id
    ):
        write_sheets(at=at)
