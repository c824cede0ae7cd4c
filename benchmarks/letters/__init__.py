"""Sending mail to many, measured and broken."""
