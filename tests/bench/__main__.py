"""``./justw bench NAME [--json FILE]``."""

import sys

import measured

import bench

if __name__ == "__main__":
    sys.exit(measured.main(bench, sys.argv[1:]))
