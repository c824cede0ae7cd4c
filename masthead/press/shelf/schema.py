"""The ledger's tables."""

VERSION = 4

# page: what is on the shelf. `file` is the container below pages/; a print has a file of its own,
#   so that old and new change places in one commit. stale_since is 0 while the page is fresh.
#   mirrored is 0 while the mirror has still to be brought to this print. for_all is 1 where the
#   public's print is right for every class of readers; older prints of other classes are then gone.
#   packed is 0 while encodings are still to be made.
# page_key: what each page shows.
# purge: numbers heard so far, for prints that began before one and end after it.
# change: what a door's memory has to look at again. An empty host: everything.
# read: how often articles were read, until the main database knows; see `shelf.reads`.
# reader_class: readers whose class became another, until no older cookie is good; see `shelf.told`.
# setting: applied, log_from (purges after it are all in `purge`), hosts.
SCHEMA = """
CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    target TEXT NOT NULL,
    variant TEXT NOT NULL,
    file TEXT NOT NULL,
    etag TEXT NOT NULL,
    status INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    printed_at REAL NOT NULL,
    fresh_until REAL,
    stale_since REAL NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    used_at REAL NOT NULL,
    mirrored INTEGER NOT NULL DEFAULT 0,
    for_all INTEGER NOT NULL DEFAULT 0,
    packed INTEGER NOT NULL DEFAULT 1,
    UNIQUE (host, target, variant)
) STRICT;
CREATE INDEX page_stale ON page (uses DESC, stale_since) WHERE stale_since > 0;
CREATE INDEX page_fresh_until ON page (fresh_until)
    WHERE fresh_until IS NOT NULL AND stale_since = 0;
CREATE INDEX page_used_at ON page (used_at, bytes);
CREATE INDEX page_unmirrored ON page (id) WHERE mirrored = 0;
CREATE INDEX page_unpacked ON page (id) WHERE packed = 0;
CREATE TABLE page_key (
    key TEXT NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (key, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_key_page ON page_key (page);
CREATE TABLE purge (
    number INTEGER PRIMARY KEY,
    keys TEXT NOT NULL,
    gone TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    host TEXT NOT NULL,
    target TEXT NOT NULL,
    variant TEXT NOT NULL
) STRICT;
CREATE TABLE address (
    host TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    params TEXT NOT NULL DEFAULT '',
    location TEXT NOT NULL DEFAULT '',
    below INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (host, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE read (
    batch TEXT NOT NULL,
    article INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    reads INTEGER NOT NULL,
    PRIMARY KEY (batch, article, hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE reader_class (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    reader TEXT NOT NULL UNIQUE,
    variant TEXT NOT NULL,
    until REAL NOT NULL,
    forget_at REAL NOT NULL
) STRICT;
CREATE INDEX reader_class_forget_at ON reader_class (forget_at);
INSERT INTO setting VALUES ('applied', '0'), ('log_from', '0');
"""
# From an older version to the next one; the pages of another edition are printed anew anyway.
UPGRADES = {
    1: """
        ALTER TABLE page ADD COLUMN for_all INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE page ADD COLUMN packed INTEGER NOT NULL DEFAULT 1;
        CREATE INDEX page_unpacked ON page (id) WHERE packed = 0;
    """,
    2: """
        CREATE TABLE read (
            batch TEXT NOT NULL,
            article INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            reads INTEGER NOT NULL,
            PRIMARY KEY (batch, article, hour)
        ) STRICT, WITHOUT ROWID;
    """,
    3: """
        CREATE TABLE reader_class (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            reader TEXT NOT NULL UNIQUE,
            variant TEXT NOT NULL,
            until REAL NOT NULL,
            forget_at REAL NOT NULL
        ) STRICT;
        CREATE INDEX reader_class_forget_at ON reader_class (forget_at);
    """,
}
