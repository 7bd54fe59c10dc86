"""Fetching the release that head office announces: brought, checked and handed to the machine's installer."""
