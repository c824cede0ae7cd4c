"""The ad desk's screens."""
