"""From an answer to the next question: the model is asked, early where that is possible, and the voice speaks."""
