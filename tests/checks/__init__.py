"""
Checkers for the public pages. Each takes what a reader would get and returns findings;
an empty list is a pass. Nothing here knows the product: hand in HTML, feeds or an address.
"""
