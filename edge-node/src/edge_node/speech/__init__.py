"""Hearing (Whisper, voice activity, end of turn) and speaking (through the voice program), served on the bus."""
