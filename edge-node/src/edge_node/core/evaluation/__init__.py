"""Evidence and ratings: what was said, found verbatim, held against BARS anchors."""
