"""`python -m benchmarks NAME`: speed as a ratio against a peer or a limit of the same run."""

from benchmarks.command import measuring_command
from benchmarks.press import PARTS

command = measuring_command(
    package="benchmarks",
    names=["lighthouse", "pages", "press", "publish", "search", "start", "weight"],
    about="Run benchmarks: scores and bytes of pages, queries, serving, publishing, start-up.",
    parts={"press": PARTS},
)

if __name__ == "__main__":
    command(prog_name="bench")
