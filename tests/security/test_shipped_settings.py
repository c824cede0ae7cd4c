"""What protects a network whose operator changed nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache

from masthead.conf import config


@pytest.mark.django_db
def test_rate_limits_cannot_be_pushed_out_of_the_cache_by_a_few_hundred_addresses():
    cache.set("allauth:rl:first", [1.0], 60)
    for number in range(400):
        cache.set(f"allauth:rl:{number}", [1.0], 60)

    assert cache.get("allauth:rl:first") == [1.0]


def test_a_new_data_folder_is_closed_to_other_users_of_the_machine(tmp_path):
    before = os.umask(0o022)
    try:
        config.secret_key(folder=tmp_path / "network", given="")
    finally:
        os.umask(before)

    assert (tmp_path / "network").stat().st_mode & 0o007 == 0


def test_over_https_browsers_are_told_to_stay_there(tmp_path):
    assert _hsts("https://northlight.example", tmp_path) > 0
    assert _hsts("http://127.0.0.1:8000", tmp_path) == 0


def _hsts(network_url: str, folder: Path) -> int:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from masthead.conf import settings; print(settings.SECURE_HSTS_SECONDS)",
        ],
        env={**os.environ, "MASTHEAD_NETWORK_URL": network_url, "MASTHEAD_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)
