"""Dated entries of a section: one job or one course of study each, in lines or in tables."""
