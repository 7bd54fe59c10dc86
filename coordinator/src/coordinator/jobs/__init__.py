"""Companies, and jobs with their rubric, stages and questions."""
