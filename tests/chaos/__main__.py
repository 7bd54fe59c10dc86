"""``./justw chaos NAME [--json FILE]``."""

import sys

import measured

import chaos

if __name__ == "__main__":
    sys.exit(measured.main(chaos, sys.argv[1:]))
