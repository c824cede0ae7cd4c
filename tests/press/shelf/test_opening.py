"""The shelf as the operator's settings say."""

import subprocess
import sys

import pytest

from masthead.conf.config import BadSetting
from masthead.press.shelf.opening import open_shelf
from tests.press.shelf.pages import HOST, a_page


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    monkeypatch.delenv("MASTHEAD_SECRET_KEY", raising=False)


def test_it_lies_in_the_data_folder_and_two_openings_share_it(tmp_path):
    open_shelf(tmp_path).put(a_page())

    shelf = open_shelf(tmp_path)

    assert shelf.folder == tmp_path / "shelf"
    assert shelf.read(HOST, "/port/bridge/", "public") == a_page()
    assert (shelf.most_bytes, shelf.mirror.is_on) == (2_000_000_000, False)


def test_settings_count(tmp_path):
    (tmp_path / "masthead.toml").write_text("shelf_bytes = 1000\nshelf_mirror = true\n")

    shelf = open_shelf(tmp_path)

    assert (shelf.most_bytes, shelf.mirror.is_on) == (1000, True)


@pytest.mark.parametrize("line", ["shelf_bytes = 0", 'shelf_mirror = "perhaps"'])
def test_a_wrong_setting_is_refused(tmp_path, line):
    (tmp_path / "masthead.toml").write_text(line)

    with pytest.raises(BadSetting, match="MASTHEAD_SHELF_"):
        open_shelf(tmp_path)


def test_pages_of_another_secret_are_not_served(tmp_path, monkeypatch):
    open_shelf(tmp_path).put(a_page())
    monkeypatch.setenv("MASTHEAD_SECRET_KEY", "another" * 8)

    assert open_shelf(tmp_path).read(HOST, "/port/bridge/", "public") is None


def test_the_shelf_knows_nothing_of_django():
    program = (
        "import sys, masthead.press.shelf.opening, masthead.press.shelf.export,"
        " masthead.press.shelf.nginx; sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
