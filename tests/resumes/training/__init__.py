"""Training of the labeller of resumes: made-up resumes at random, the labelled ones, and a linear chain."""
