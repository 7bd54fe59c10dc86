"""One live interview: lifecycle, listening, replying, watching; and the desk that says which are open."""
