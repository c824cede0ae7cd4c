"""
What an edition is made of: an ordered list of blocks, as JSON.

`kinds` says which there are and takes nothing else; `filling` puts the live articles into them;
`placements` is where the advertising department hands in what it has sold.
"""

from masthead.newsletters.blocks.filling import Dropped, Filled, Piece, Story, fill
from masthead.newsletters.blocks.kinds import KINDS, BadBlocks, clean_blocks, is_empty, pictures_in

__all__ = [
    "KINDS",
    "BadBlocks",
    "Dropped",
    "Filled",
    "Piece",
    "Story",
    "clean_blocks",
    "fill",
    "is_empty",
    "pictures_in",
]
