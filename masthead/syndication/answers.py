"""What answers to programs have in common."""

from dataclasses import replace

from masthead.press.render import Printed


def open_to_scripts(printed: Printed) -> Printed:
    """Public data that scripts on any site may read."""
    return replace(printed, headers={**printed.headers, "Access-Control-Allow-Origin": "*"})
