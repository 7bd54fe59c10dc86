"""Sound to turns: utterances, endpointing, barge-in."""
