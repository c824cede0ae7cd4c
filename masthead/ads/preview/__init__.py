"""A creative on the real page, before readers see it."""
