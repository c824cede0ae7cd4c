"""Draws the pictures of the demo network: `python -m masthead.demo.drawing [KEY…]`."""
