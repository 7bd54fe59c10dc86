"""Accounts: who can sign in, and signing in."""
