"""Candidates and their resumes: from an uploaded PDF to passages found by meaning."""
