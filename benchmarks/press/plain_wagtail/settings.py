"""The network's database and models under the middleware of a new Wagtail project."""

from pathlib import Path

from masthead.conf.settings import *  # noqa: F403
from masthead.conf.settings import TEMPLATES

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",  # ours is sent compressed, too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth will not start without it
]
ROOT_URLCONF = "benchmarks.press.plain_wagtail.urls"
_ours = TEMPLATES[0]
TEMPLATES = [
    {
        **_ours,
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            **_ours["OPTIONS"],
            "libraries": {"plain": "benchmarks.press.plain_wagtail.tags"},
        },
    }
]
