"""Playbooks an administrator starts at the dashboard; a process of their own, the runner, carries them out."""
