"""Journeys through a running network in a browser, and the proof that every public page holds."""
