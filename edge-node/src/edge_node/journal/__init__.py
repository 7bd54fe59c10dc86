"""Facts on disk before anyone acts on them: append, replay, follow."""
