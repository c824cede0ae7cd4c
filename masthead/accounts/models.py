"""Who may enter the desk, and in which part of the network they may do what."""

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail is untyped
    """A person who signs in, known by e-mail. Readers may have one; most never need it."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]  # Django names it so

    objects = UserManager()  # type: ignore[misc,assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor")
    REPORTER = "reporter", _("Reporter")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    SELLER = "seller", _("Ad seller")
    PUBLISHER = "publisher", _("Publisher")
    OWNER = "owner", _("Owner")


class Assignment(models.Model):
    """
    A role that somebody has in one part of the tree and everything below it.

    The place is a page: the tree's root is the network, then an outlet, then a section.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    place = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("place")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="one_role_per_person_and_place")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class OutletFiles(models.Model):
    """
    Which collection holds an outlet's pictures and files.

    The collection is named like the outlet, so that people know it; names change and repeat, this
    row does not.
    """

    outlet = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.CASCADE, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.collection)


class SignInLink(models.Model):
    """A one-time way in, printed by the command line; only the hash of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user}, until {self.ends_at:%Y-%m-%d %H:%M}"


class Attempts(models.Model):
    """What sign-in counts until it ends: attempts by an address, codes that were used."""

    key = models.CharField(max_length=64, primary_key=True)  # a hash: keys name people
    noted = models.JSONField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"until {self.ends_at:%Y-%m-%d %H:%M}"
