"""
Caches in front of the door – Varnish, nginx, a CDN – and telling them what is old.

A cache keeps a printed page for a minute (`s-maxage`) by itself. Told of each change it has the new
page as soon as it is printed, and what was withdrawn is dropped at once. A cache that cannot be
told holds nothing up: it is tried again, and a minute later it has asked for the page anyway.
"""
