"""Masthead runs a network of independent news titles."""

import sys

import pysqlite3
import pysqlite3.dbapi2

__version__ = "0.1.0"

# SQLite 3.7.0 to 3.51.2 can corrupt a WAL file that two processes write (web and worker);
# Debian 12 links 3.40. The wheel carries a mended one, so every `import sqlite3` gets it.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
