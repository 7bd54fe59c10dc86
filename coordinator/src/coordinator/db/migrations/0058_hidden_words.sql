-- How many words of a resume's file nobody sees on its pages: they are in none of its text.

ALTER TABLE resume ADD COLUMN hidden_words integer NOT NULL DEFAULT 0 CHECK (hidden_words >= 0);
