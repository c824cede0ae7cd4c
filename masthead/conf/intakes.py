"""Which features take in at the front door what readers' devices tell. Read without Django."""

# `module:function`; the function is given a `press.door.events.Ground` and answers an `Intake`.
INTAKES = ["masthead.ads.door.intake:open_intake"]

# Which features say at the front door whether the program is to see a post now. Likewise, each
# answers a `Gate`.
GATES = ["masthead.comments.door.gate:open_gate"]
