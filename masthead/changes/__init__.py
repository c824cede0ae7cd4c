"""The numbered log of what readers' pages show anew, and what each page shows."""
