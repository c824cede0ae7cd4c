"""Places on the page: which there are, where they stand, what is printed into them."""
