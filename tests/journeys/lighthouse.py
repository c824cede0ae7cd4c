"""`bin/lighthouse`: a copy of the demo, served, and the scores of one page of each kind."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.journeys.network import ROOT, copy_demo, serve

PAGES = (
    "/courier/",
    "/courier/port/",
    "/courier/port/night-trial-halfway/",
    "/courier/about/",
)
# Search results ask not to be indexed, which Lighthouse would take for an oversight.
UNLISTED = ("/courier/search/?q=ferry",)


def main(arguments: list[str]) -> int:
    """arguments: for tools/lighthouse.mjs, e.g. `--form desktop`. Its worst exit code."""
    with tempfile.TemporaryDirectory(prefix="masthead-lighthouse-") as folder:
        data = Path(folder) / "data"
        copy_demo(data)
        with serve(data) as network:
            listed = _measure(arguments, [network.base + path for path in PAGES])
            unlisted = _measure(
                [*arguments, "--unlisted"], [network.base + path for path in UNLISTED]
            )
    return max(listed, unlisted)


def _measure(arguments: list[str], urls: list[str]) -> int:
    node = Path(sys.executable).with_name("node")  # not resolved: the virtual environment's own
    command = [str(node), "tools/lighthouse.mjs", *arguments, *urls]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
