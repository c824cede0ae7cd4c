"""Selling: advertisers, campaigns, flights and creatives; who may, and what is refused."""
