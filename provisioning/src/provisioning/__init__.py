"""Puts the programs on machines: the all-in-one supervisor, and the playbook's front."""
