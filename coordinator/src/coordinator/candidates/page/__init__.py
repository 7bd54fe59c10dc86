"""In which order a person reads a page: columns, tables, rows, and lines that print broke. Pure."""
