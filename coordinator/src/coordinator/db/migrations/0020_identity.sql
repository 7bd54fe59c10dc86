-- Who nodes are: one-time tokens that let one enrol, and what each was issued.
-- Kept to what PostgreSQL 15 with pgvector 0.8.0 knows.

CREATE TABLE enrolment_token (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    node_id text NOT NULL CHECK (node_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    -- sha256 of the token; the token itself is kept nowhere
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- host names and addresses the certificate of the node's room page will speak for, beside the node's name
    page_names text[] NOT NULL DEFAULT '{}',
    created_by uuid REFERENCES account (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX enrolment_token_node ON enrolment_token (node_id);

-- What a node was last issued; one row a node, made by its first enrolment.
CREATE TABLE node_identity (
    node_id text PRIMARY KEY REFERENCES node (node_id),
    -- public user key (NKey); the private one never leaves the node
    user_key text NOT NULL UNIQUE,
    page_names text[] NOT NULL,
    enrolled_at timestamptz NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > issued_at),
    revoked_at timestamptz
);

-- User keys the hub must refuse: of revoked nodes, and those an enrolment has replaced.
CREATE TABLE revoked_key (
    user_key text PRIMARY KEY,
    node_id text NOT NULL,
    revoked_at timestamptz NOT NULL DEFAULT now(),
    -- when the last JWT of this key ends; from then on it is void by itself
    expires_at timestamptz NOT NULL
);
