"""``./justw chaos NAME [--json FILE]``."""

import sys

import chaos
import measured

if __name__ == "__main__":
    sys.exit(measured.main(chaos, sys.argv[1:]))
