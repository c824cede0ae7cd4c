"""Django's SQLite backend that notices when its file is no longer there."""
