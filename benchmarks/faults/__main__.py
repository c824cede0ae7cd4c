"""
`python -m benchmarks.faults NAME`: kill -9 at every step and at any time, then count; and readers
who ask for all there is, or for what nobody would.
"""

from benchmarks.command import measuring_command

RUNS = [
    "publish",
    "jobs",
    "pictures",
    "schedule",
    "press",
    "posting",
    "memberships",
    "letters",
    "postfix",
    "outage",
    "crawl",
    "paywall",
    "fuzz",
    "markdown",
    "api",
    "comments",
    "machines",
    "ads",
]
command = measuring_command(
    package="benchmarks.faults",
    names=RUNS,
    several=True,
    about="Run faults: kills while publishing, doing jobs, copying pictures, posting, sending"
    " newsletters (letters), also through a Postfix that makes trouble (postfix), on schedule,"
    " a thousand lives of memberships;"
    " private things in public answers (crawl); members' text and advertising for whom they are not"
    " (paywall); requests that nobody would send (fuzz);"
    " whatever somebody types as a comment (markdown); posting over kills"
    " and in a flood (comments);"
    " the API asked all that its description allows (api);"
    " two machines on one PostgreSQL (machines); advertising counted over kills (ads).",
)

if __name__ == "__main__":
    command(prog_name="faults")
