"""After closing: summary and ratings, from the journal, through the same door."""
