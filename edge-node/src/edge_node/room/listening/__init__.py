"""From the microphone to turns: sound, voice activity, drafts of what is said, captions, the end of a turn."""
