"""HTTP for the candidate's page: files, join codes, room tokens, signalling."""
