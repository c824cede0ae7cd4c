"""`python -m benchmarks NAME`: speed as a ratio against a peer or a limit of the same run."""

from benchmarks.command import measuring_command

command = measuring_command(
    package="benchmarks",
    names=["pages", "publish", "start", "weight"],
    about="Run benchmarks: queries and lists, publishing, start-up, bytes of a page.",
)

if __name__ == "__main__":
    command(prog_name="bench")
