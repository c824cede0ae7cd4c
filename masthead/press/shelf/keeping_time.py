"""How long others may keep what is printed for everybody; door, printer and nginx say the same."""

# Browsers ask each time (304 costs little), so that an editor sees at once what was released; they
# may show a page of the last five seconds while they ask. A cache in front is fresh for a minute,
# and has the old page for ten days when the program behind is down.
SHARED = "public, max-age=0, s-maxage=60, stale-while-revalidate=5, stale-if-error=864000"
