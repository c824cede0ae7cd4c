"""Benchmarks and long fault runs; `bin/bench` and `bin/faults` start them."""

import masthead  # noqa: F401  # swaps the SQLite library before Django loads it
