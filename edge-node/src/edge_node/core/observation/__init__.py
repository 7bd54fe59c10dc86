"""What a camera saw, as observations: flags for a person to look at. Import rules keep them out of every rating."""
