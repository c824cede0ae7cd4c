"""Long fault runs: kill it, start it again, count what is lost, doubled or half."""
