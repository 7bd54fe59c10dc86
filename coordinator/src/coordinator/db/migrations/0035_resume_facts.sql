-- What a resume says of its candidate, and what the corpus learns from the record.

CREATE TABLE resume_fact (
    resume_id uuid NOT NULL REFERENCES resume (id) ON DELETE CASCADE,
    position integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('person', 'employment', 'education', 'skill', 'certificate', 'language')),
    -- which employment, school, skill ... of the resume, from 0
    entry integer NOT NULL CHECK (entry >= 0),
    -- name, email, phone, employer, title, start, end, institution, degree
    field text NOT NULL CHECK (field <> ''),
    -- the resume's own words: resume.text from start_char to end_char, white space apart
    text text NOT NULL CHECK (text <> ''),
    -- what a date says ('2019-03', '2019', 'present'), else the words
    value text NOT NULL CHECK (value <> ''),
    start_char integer NOT NULL CHECK (start_char >= 0),
    end_char integer NOT NULL CHECK (end_char > start_char),
    PRIMARY KEY (resume_id, position)
);
CREATE INDEX resume_fact_kind ON resume_fact (resume_id, kind, field);
