"""Advertising in newsletters: chosen here for a whole edition, since a mail chooses nothing."""
