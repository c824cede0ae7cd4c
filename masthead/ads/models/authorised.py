"""What a root domain says about who may sell its advertising."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SellersFile(models.Model):
    """
    One edition of a file of a root domain: the newest is what others read, the rest is history.

    lines: as the ad desk keeps them. text: the whole file, made of them.
    read_back: whether the public address gave the very text, when it was last tried.
    """

    class Name(models.TextChoices):
        ADS = "ads.txt", "ads.txt"
        APP_ADS = "app-ads.txt", "app-ads.txt"
        SELLERS = "sellers.json", "sellers.json"

    class ReadBack(models.TextChoices):
        NOT_YET = "", _("Not read back yet")
        SAME = "same", _("Read back as it is")
        OTHER = "other", _("Its address gives something else")
        NOTHING = "nothing", _("Its address could not be read")

    root = models.CharField(max_length=253)
    name = models.CharField(max_length=12, choices=Name.choices)
    lines = models.TextField(blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_back = models.CharField(max_length=7, choices=ReadBack.choices, blank=True, default="")
    read_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["root", "name", "-made_at"], name="newest_sellers_file")]

    def __str__(self) -> str:
        return f"{self.root}/{self.name}"
