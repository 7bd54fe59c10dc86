"""Generated from interview/v1/*.proto by proto/generate.py; not edited."""
