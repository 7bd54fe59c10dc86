-- People, companies, jobs with their rubric, resumes, and every text that is searched by meaning.
-- Kept to what PostgreSQL 15 with pgvector 0.8.0 knows.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE account (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE CHECK (email = lower(email) AND email LIKE '%_@_%'),
    name text NOT NULL CHECK (name <> ''),
    role text NOT NULL CHECK (role IN ('admin', 'recruiter', 'candidate')),
    -- argon2id, encoded with its parameters and salt
    password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE company (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    -- the talent profile: what kind of person the company looks for
    ideal text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE job (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES company (id),
    title text NOT NULL CHECK (title <> ''),
    family text NOT NULL CHECK (family <> ''),
    language text NOT NULL CHECK (language IN ('en', 'ko')),
    ideal text NOT NULL DEFAULT '',
    description text NOT NULL DEFAULT '',
    -- sha256 over competencies and anchors; a rating names it
    rubric_version text NOT NULL,
    created_by uuid REFERENCES account (id),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX job_company ON job (company_id);

CREATE TABLE competency (
    job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    competency_id text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    definition text NOT NULL DEFAULT '',
    PRIMARY KEY (job_id, competency_id),
    UNIQUE (job_id, position)
);

-- One level of a behaviourally anchored rating scale; 1 is the lowest.
CREATE TABLE anchor (
    job_id uuid NOT NULL,
    competency_id text NOT NULL,
    level integer NOT NULL CHECK (level >= 1),
    text text NOT NULL CHECK (text <> ''),
    PRIMARY KEY (job_id, competency_id, level),
    FOREIGN KEY (job_id, competency_id) REFERENCES competency (job_id, competency_id) ON DELETE CASCADE
);

CREATE TABLE stage (
    job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    stage_id text NOT NULL,
    position integer NOT NULL,
    title text NOT NULL CHECK (title <> ''),
    -- null for a stage that rates nothing (introduction, closing)
    competency_id text,
    follow_up_depth integer NOT NULL CHECK (follow_up_depth BETWEEN 0 AND 3),
    time_budget_seconds integer NOT NULL CHECK (time_budget_seconds > 0),
    closing boolean NOT NULL DEFAULT false,
    PRIMARY KEY (job_id, stage_id),
    UNIQUE (job_id, position),
    FOREIGN KEY (job_id, competency_id) REFERENCES competency (job_id, competency_id)
);

CREATE TABLE stage_question (
    job_id uuid NOT NULL,
    stage_id text NOT NULL,
    position integer NOT NULL,
    -- unique within the job; events name it
    question_id text NOT NULL,
    text text NOT NULL CHECK (text <> ''),
    PRIMARY KEY (job_id, question_id),
    UNIQUE (job_id, stage_id, position),
    FOREIGN KEY (job_id, stage_id) REFERENCES stage (job_id, stage_id) ON DELETE CASCADE
);

CREATE TABLE candidate (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (name <> ''),
    email text,
    language text NOT NULL CHECK (language IN ('en', 'ko')),
    account_id uuid REFERENCES account (id),
    created_by uuid REFERENCES account (id),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE resume (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    candidate_id uuid NOT NULL REFERENCES candidate (id) ON DELETE CASCADE,
    file bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    pages integer NOT NULL CHECK (pages >= 1),
    text text NOT NULL CHECK (text <> ''),
    uploaded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX resume_candidate ON resume (candidate_id);

CREATE TABLE resume_section (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    resume_id uuid NOT NULL REFERENCES resume (id) ON DELETE CASCADE,
    position integer NOT NULL,
    -- summary, experience, education, skills, projects, certificates, languages, other
    kind text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    UNIQUE (resume_id, position)
);

-- Good questions: shipped with the program (job_id null) or brought by a job.
CREATE TABLE corpus_question (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- stable key of a shipped question; a job's own questions have none
    seed_key text UNIQUE,
    job_id uuid REFERENCES job (id) ON DELETE CASCADE,
    -- job family; 'any' fits every job
    family text NOT NULL,
    -- kind of stage ('opening', 'competency', 'closing'), or a job's own stage id
    stage text NOT NULL,
    competency text NOT NULL DEFAULT '',
    language text NOT NULL CHECK (language IN ('en', 'ko')),
    text text NOT NULL CHECK (text <> ''),
    CHECK ((seed_key IS NULL) <> (job_id IS NULL))
);
CREATE INDEX corpus_question_filter ON corpus_question (language, family, stage);

-- Everything that is found by meaning, each row naming the model that made its vector.
CREATE TABLE passage (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('resume', 'company_ideal', 'job', 'question')),
    position integer NOT NULL DEFAULT 0,
    language text NOT NULL CHECK (language IN ('en', 'ko')),
    text text NOT NULL CHECK (text <> ''),
    resume_section_id uuid REFERENCES resume_section (id) ON DELETE CASCADE,
    candidate_id uuid REFERENCES candidate (id) ON DELETE CASCADE,
    company_id uuid REFERENCES company (id) ON DELETE CASCADE,
    job_id uuid REFERENCES job (id) ON DELETE CASCADE,
    corpus_question_id uuid REFERENCES corpus_question (id) ON DELETE CASCADE,
    -- unit length; null until the embedder has been reached
    embedding halfvec(1024),
    embedding_model text,
    CHECK ((embedding IS NULL) = (embedding_model IS NULL)),
    CHECK (num_nonnulls(resume_section_id, company_id, job_id, corpus_question_id) = 1),
    CHECK ((kind = 'resume') = (resume_section_id IS NOT NULL)),
    CHECK ((kind = 'resume') = (candidate_id IS NOT NULL)),
    CHECK ((kind = 'company_ideal') = (company_id IS NOT NULL)),
    CHECK ((kind = 'job') = (job_id IS NOT NULL)),
    CHECK ((kind = 'question') = (corpus_question_id IS NOT NULL))
);
ALTER TABLE passage ALTER COLUMN embedding SET STORAGE PLAIN;
CREATE INDEX passage_embedding ON passage USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 64);
CREATE INDEX passage_waiting ON passage (id) WHERE embedding IS NULL;
CREATE INDEX passage_kind ON passage (kind, language);
CREATE INDEX passage_candidate ON passage (candidate_id);
CREATE INDEX passage_company ON passage (company_id);
CREATE INDEX passage_job ON passage (job_id);
CREATE INDEX passage_question ON passage (corpus_question_id);

-- Who did what; each entry holds the hash of the one before it.
CREATE TABLE audit_entry (
    number bigint PRIMARY KEY CHECK (number >= 1),
    at timestamptz NOT NULL,
    actor_id uuid,
    actor_role text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$')
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
