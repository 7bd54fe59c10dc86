"""``./justw bench NAME [--json FILE]``."""

import sys

import bench
import measured

if __name__ == "__main__":
    sys.exit(measured.main(bench, sys.argv[1:]))
