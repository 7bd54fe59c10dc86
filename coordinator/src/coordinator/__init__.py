"""Head office: resumes, kits, the record of every interview, scoring and review."""
