"""The installation's keys and what they sign: the claims a hub goes by, certificates of hub and room pages."""
