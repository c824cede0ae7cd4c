"""The demo network's words: data files and what reads them. FORMAT.md describes them."""
