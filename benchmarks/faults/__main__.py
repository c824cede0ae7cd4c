"""`python -m benchmarks.faults NAME`: kill -9 at every step and at any time, then count."""

from benchmarks.command import measuring_command

RUNS = ["publish", "jobs", "pictures", "schedule"]
command = measuring_command(
    package="benchmarks.faults",
    names=RUNS,
    several=True,
    about="Run faults: kills while publishing, doing jobs, copying pictures, and on schedule.",
)

if __name__ == "__main__":
    command(prog_name="faults")
