-- What a question rests on and how the model was asked for it; weights of competencies; repeats and spread of ratings.

ALTER TABLE asked_question
    ADD COLUMN model_digest text NOT NULL DEFAULT '',
    -- [{text, reason, seed}]: proposals a check refused
    ADD COLUMN refused jsonb NOT NULL DEFAULT '[]',
    -- said before the question
    ADD COLUMN lead_in text NOT NULL DEFAULT '',
    -- how the answer before it was read
    ADD COLUMN answer_read_as text NOT NULL DEFAULT '',
    -- facets of evidence that still lacked
    ADD COLUMN lacking text[] NOT NULL DEFAULT '{}';

ALTER TABLE competency
    -- percent of the score; null on all competencies of a job that weigh alike
    ADD COLUMN weight numeric(5, 2) CHECK (weight > 0 AND weight <= 100);

ALTER TABLE rating
    -- levels the repeats gave, in their order
    ADD COLUMN levels integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN spread integer NOT NULL DEFAULT 0 CHECK (spread >= 0),
    ADD COLUMN repeats integer NOT NULL DEFAULT 0 CHECK (repeats >= 0);

-- One of several independent ratings of one competency: the same answers, another seed.
CREATE TABLE rating_repeat (
    interview_id uuid NOT NULL REFERENCES interview (id),
    competency_id text NOT NULL,
    seed bigint NOT NULL,
    number bigint NOT NULL,
    -- null when this repeat gave none; the reason then says why
    level integer CHECK (level >= 1),
    reason text NOT NULL,
    rationale text NOT NULL,
    -- [{turn_id, quote, start_char, end_char}]
    evidence jsonb NOT NULL,
    evidence_refused integer NOT NULL,
    prompt_version text NOT NULL,
    model_digest text NOT NULL,
    PRIMARY KEY (interview_id, competency_id, seed)
);

ALTER TABLE summary
    -- [{competency_id, text, evidence}]
    ADD COLUMN strengths jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN improvements jsonb NOT NULL DEFAULT '[]';
