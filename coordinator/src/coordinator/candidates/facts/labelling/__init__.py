"""A small learned labeller: which words of a resume name employers and titles, and which dates are a job's."""
