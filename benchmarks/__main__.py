"""`python -m benchmarks NAME`: speed as a ratio against a peer or a limit of the same run."""

from benchmarks.ads import PARTS as ADS_PARTS
from benchmarks.command import measuring_command
from benchmarks.press import PARTS
from benchmarks.related import PARTS as RELATED_PARTS

command = measuring_command(
    package="benchmarks",
    names=[
        "ads",
        "comments",
        "letters",
        "lighthouse",
        "memberships",
        "pages",
        "press",
        "publish",
        "related",
        "search",
        "start",
        "weight",
    ],
    about="Run benchmarks: advertising, scores, bytes, queries, comments, letters, lists,"
    " memberships, searches, serving, publishing, start-up.",
    parts={"ads": ADS_PARTS, "press": PARTS, "related": RELATED_PARTS},
    labelled_for=["related"],
)

if __name__ == "__main__":
    command(prog_name="bench")
