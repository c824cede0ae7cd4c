"""From the machines' batches into the database: once each, by the hour, and forgotten in time."""
