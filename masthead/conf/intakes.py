"""Which features take in at the front door what readers' devices tell. Read without Django."""

# `module:function`; the function is given a `press.door.events.Ground` and answers an `Intake`.
INTAKES = ["masthead.ads.door.intake:open_intake"]
