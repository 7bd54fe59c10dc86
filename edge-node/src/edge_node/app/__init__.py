"""Composition roots: one file a process. Nothing else introduces one room of the program to another."""
