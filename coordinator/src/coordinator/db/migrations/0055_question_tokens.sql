-- What a question cost the model.

ALTER TABLE asked_question
    ADD COLUMN prompt_tokens integer NOT NULL DEFAULT 0 CHECK (prompt_tokens >= 0),
    -- of them found in memory
    ADD COLUMN reused_tokens integer NOT NULL DEFAULT 0 CHECK (reused_tokens >= 0),
    ADD COLUMN generated_tokens integer NOT NULL DEFAULT 0 CHECK (generated_tokens >= 0);
