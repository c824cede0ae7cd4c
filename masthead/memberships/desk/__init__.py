"""The publisher's screens: plans, codes, members, figures, groups, letters, prompts."""
