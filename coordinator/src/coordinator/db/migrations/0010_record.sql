-- Nodes, interviews, and the record of each: the facts as they came, and what is read from them.
-- Kept to what PostgreSQL 15 with pgvector 0.8.0 knows.

CREATE TABLE node (
    node_id text PRIMARY KEY CHECK (node_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    display_name text NOT NULL DEFAULT '',
    version text NOT NULL DEFAULT '',
    room_url text NOT NULL DEFAULT '',
    rooms_open integer NOT NULL DEFAULT 0 CHECK (rooms_open >= 0),
    rooms_max integer NOT NULL DEFAULT 0 CHECK (rooms_max >= 0),
    -- stable codes; empty when the node can hold an interview
    problems text[] NOT NULL DEFAULT '{}',
    kits_ready text[] NOT NULL DEFAULT '{}',
    engines jsonb NOT NULL DEFAULT '[]',
    -- node's wall clock minus the coordinator's
    clock_skew_ms bigint NOT NULL DEFAULT 0,
    first_seen timestamptz NOT NULL DEFAULT now(),
    last_seen timestamptz NOT NULL DEFAULT now()
);

-- How far each incarnation of a node's journal is committed; written in the transaction that commits its facts.
CREATE TABLE node_position (
    node_id text NOT NULL REFERENCES node (node_id),
    journal_epoch text NOT NULL CHECK (journal_epoch <> ''),
    committed_sequence bigint NOT NULL CHECK (committed_sequence >= 0),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (node_id, journal_epoch)
);

CREATE TABLE interview (
    id uuid PRIMARY KEY,
    job_id uuid NOT NULL REFERENCES job (id),
    candidate_id uuid NOT NULL REFERENCES candidate (id),
    -- the resume the kit was made from
    resume_id uuid REFERENCES resume (id),
    node_id text NOT NULL REFERENCES node (node_id),
    language text NOT NULL CHECK (language IN ('en', 'ko')),
    kit_id text NOT NULL UNIQUE,
    -- what the node was given, without the join code
    kit jsonb NOT NULL,
    rubric_version text NOT NULL,
    join_code_expires_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'scheduled'
        CHECK (status IN ('scheduled', 'open', 'running', 'closed', 'reviewed')),
    engines jsonb NOT NULL DEFAULT '[]',
    visits integer NOT NULL DEFAULT 0,
    close_reason text NOT NULL DEFAULT '',
    -- by the node's clock; may be wrong, never used for order
    opened_at timestamptz,
    closed_at timestamptz,
    reviewed_at timestamptz,
    created_by uuid REFERENCES account (id),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX interview_job ON interview (job_id);
CREATE INDEX interview_candidate ON interview (candidate_id);
CREATE INDEX interview_created ON interview (created_at DESC);

-- Facts exactly as they came. Everything below is read from them and can be made again.
CREATE TABLE event (
    event_id text PRIMARY KEY,
    node_id text NOT NULL REFERENCES node (node_id),
    journal_epoch text NOT NULL,
    journal_sequence bigint NOT NULL CHECK (journal_sequence >= 1),
    interview_id uuid NOT NULL REFERENCES interview (id),
    -- order within the interview, from 1
    number bigint NOT NULL CHECK (number >= 1),
    kind text NOT NULL,
    interview_ms bigint NOT NULL,
    wall_time timestamptz NOT NULL,
    -- interview.v1.Envelope
    envelope bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (node_id, journal_epoch, journal_sequence),
    UNIQUE (interview_id, number)
);

-- What could not be taken in, with its bytes, for a person to look at.
CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id text NOT NULL,
    journal_epoch text NOT NULL DEFAULT '',
    -- 0 when the whole message could not be read
    journal_sequence bigint NOT NULL DEFAULT 0,
    reason text NOT NULL,
    detail text NOT NULL DEFAULT '',
    raw bytea NOT NULL,
    sha256 text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (node_id, journal_epoch, journal_sequence, sha256)
);

CREATE TABLE consent (
    interview_id uuid NOT NULL REFERENCES interview (id),
    number bigint NOT NULL,
    purposes text[] NOT NULL,
    notice_version text NOT NULL,
    given_at timestamptz NOT NULL,
    PRIMARY KEY (interview_id, number)
);

CREATE TABLE asked_question (
    interview_id uuid NOT NULL REFERENCES interview (id),
    question_id text NOT NULL,
    number bigint NOT NULL,
    stage_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('planned', 'follow_up', 'fallback', 'closing')),
    text text NOT NULL,
    -- [{kind, reference, text}]
    sources jsonb NOT NULL,
    fallback_reason text NOT NULL,
    prompt_version text NOT NULL,
    seed bigint NOT NULL,
    language_ms integer NOT NULL,
    asked_at_ms bigint NOT NULL,
    -- milliseconds of the question heard before the candidate spoke over it; null when it was heard to the end
    interrupted_at_ms integer,
    PRIMARY KEY (interview_id, question_id)
);

CREATE TABLE turn (
    interview_id uuid NOT NULL,
    turn_id text NOT NULL,
    number bigint NOT NULL,
    question_id text NOT NULL,
    text text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('spoken', 'typed')),
    start_ms integer NOT NULL,
    end_ms integer NOT NULL,
    -- [{text, start_ms, end_ms, probability}]
    words jsonb NOT NULL,
    PRIMARY KEY (interview_id, turn_id),
    FOREIGN KEY (interview_id, question_id) REFERENCES asked_question (interview_id, question_id)
);

CREATE TABLE turn_timing (
    interview_id uuid NOT NULL REFERENCES interview (id),
    turn_id text NOT NULL,
    end_of_turn_ms integer NOT NULL,
    stt_ms integer NOT NULL,
    llm_first_sentence_ms integer NOT NULL,
    tts_first_audio_ms integer NOT NULL,
    PRIMARY KEY (interview_id, turn_id),
    FOREIGN KEY (interview_id, turn_id) REFERENCES turn (interview_id, turn_id)
);

-- One competency of one interview: a level, or the reason there is none.
CREATE TABLE rating (
    interview_id uuid NOT NULL REFERENCES interview (id),
    competency_id text NOT NULL,
    number bigint NOT NULL,
    level integer CHECK (level >= 1),
    rationale text NOT NULL DEFAULT '',
    abstention_reason text,
    evidence_refused integer NOT NULL,
    prompt_version text NOT NULL,
    rubric_version text NOT NULL,
    model_digest text NOT NULL,
    PRIMARY KEY (interview_id, competency_id),
    CHECK ((level IS NULL) <> (abstention_reason IS NULL))
);

CREATE TABLE rating_evidence (
    interview_id uuid NOT NULL,
    competency_id text NOT NULL,
    position integer NOT NULL,
    turn_id text NOT NULL,
    quote text NOT NULL,
    -- half-open span of the turn's text
    start_char integer NOT NULL CHECK (start_char >= 0),
    end_char integer NOT NULL CHECK (end_char > start_char),
    PRIMARY KEY (interview_id, competency_id, position),
    FOREIGN KEY (interview_id, competency_id) REFERENCES rating (interview_id, competency_id) ON DELETE CASCADE,
    FOREIGN KEY (interview_id, turn_id) REFERENCES turn (interview_id, turn_id)
);

CREATE TABLE summary (
    interview_id uuid PRIMARY KEY REFERENCES interview (id),
    number bigint NOT NULL,
    text text NOT NULL,
    -- [{turn_id, quote, start_char, end_char}]
    evidence jsonb NOT NULL,
    prompt_version text NOT NULL,
    model_digest text NOT NULL
);

CREATE TABLE presence_span (
    interview_id uuid NOT NULL REFERENCES interview (id),
    start_ms integer NOT NULL,
    end_ms integer NOT NULL,
    samples integer NOT NULL,
    samples_without_face integer NOT NULL,
    samples_with_several_faces integer NOT NULL,
    PRIMARY KEY (interview_id, start_ms)
);
