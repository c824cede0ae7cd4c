"""An edition as mail: HTML that holds everywhere, its text, its headers; once a class of reader."""

from masthead.newsletters.printing.copies import preview_edition, print_copies
from masthead.newsletters.printing.edition import PrintedEdition, print_edition

__all__ = ["PrintedEdition", "preview_edition", "print_copies", "print_edition"]
