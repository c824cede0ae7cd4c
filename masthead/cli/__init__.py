"""The command line: one command, its subcommands grouped by task and loaded when called."""

from masthead.cli.groups import TaskGroup

cli = TaskGroup(
    name="masthead",
    help="Run a network of independent news titles.",
    tasks={
        "Run": ["up", "web", "newsroom", "app", "worker"],
        "Set up": ["set-up", "assets", "begin", "demo", "sign-in"],
        "Bring in": ["import"],
        "Look after": [
            "status",
            "rebuild",
            "related",
            "comments",
            "shelf",
            "mail",
            "letters",
            "memberships",
        ],
    },
)
