"""Facts of a resume: name, employments, education, skills, certificates, languages, each a span of the text."""
