"""From ratings to a score. Pure: a person decides, and these figures are one thing they look at."""
