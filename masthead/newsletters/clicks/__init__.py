"""Links in editions, followed and counted without knowing who followed them."""
