"""`python -m masthead`: the command line."""

from masthead.cli import cli


def main() -> None:
    cli(prog_name="masthead")


if __name__ == "__main__":
    main()
