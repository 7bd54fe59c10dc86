"""Items of lists: skills, certificates, languages."""
