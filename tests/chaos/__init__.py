"""Processes killed, links cut, disks pulled, keys stolen: what must hold all the same, measured."""
