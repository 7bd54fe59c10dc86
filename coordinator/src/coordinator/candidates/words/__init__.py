"""Words of resumes in both languages: dates, labels, and the vocabulary the rules go by. Pure."""
