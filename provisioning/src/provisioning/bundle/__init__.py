"""One signed file with everything a machine without a network needs: made here, checked there by ``unbundle.py``."""
