"""Which lines are headings, and the sections they open. Pure."""
