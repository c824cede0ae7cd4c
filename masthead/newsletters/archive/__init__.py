"""Editions on the site: a page for each, an archive and feeds for each newsletter."""
