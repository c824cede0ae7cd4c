"""The desk's screens of partners."""
