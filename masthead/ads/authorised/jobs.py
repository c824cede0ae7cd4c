"""Reading back what was published."""

from django.utils import timezone

from masthead.ads.authorised.actions import read_file_back
from masthead.ads.authorised.queries import find_file
from masthead.ads.models import SellersFile
from masthead.jobs.decorator import job


class NotThereYet(Exception):
    """Its address gives something else so far."""


@job(retries=4, give_up_after_seconds=3600, unique=True)
def read_back(*, file_id: int) -> None:
    """
    Compare the public address with the edition in force; done again until it is the same, five
    times at most. One that was replaced meanwhile is left alone.
    """
    file = SellersFile.objects.filter(pk=file_id).first()
    if file is None or file != find_file(root=file.root, name=file.name):
        return
    if read_file_back(file=file, at=timezone.now()) == SellersFile.ReadBack.OTHER:
        raise NotThereYet(str(file))
