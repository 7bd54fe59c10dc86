"""The interview: plan, events, session, follow-up checks, prompts."""
