-- Releases that head office announces to nodes which fetch theirs themselves, in waves.

CREATE TABLE rollout (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- the bundle's id, and its file at the hub
    bundle text NOT NULL CHECK (bundle ~ '^[0-9a-f]{16}$'),
    version text NOT NULL,
    bytes bigint NOT NULL CHECK (bytes > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    -- per cent of a group beyond the canaries that may fail before it stops
    failures_most integer NOT NULL DEFAULT 0 CHECK (failures_most BETWEEN 0 AND 100),
    -- how long a node may take from when it could have heard of it
    node_minutes double precision NOT NULL CHECK (node_minutes > 0),
    status text NOT NULL DEFAULT 'going' CHECK (status IN ('going', 'done', 'stopped')),
    -- why it stopped
    note text NOT NULL DEFAULT '',
    announced_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
CREATE UNIQUE INDEX rollout_going ON rollout ((true)) WHERE status = 'going';
CREATE INDEX rollout_newest ON rollout (announced_at DESC);

CREATE TABLE rollout_node (
    rollout_id uuid NOT NULL REFERENCES rollout (id) ON DELETE CASCADE,
    node_id text NOT NULL REFERENCES node (node_id),
    rollout_group text NOT NULL,
    wave integer NOT NULL CHECK (wave > 0),
    -- when its wave's turn came; null before
    opened_at timestamptz,
    ended_at timestamptz,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'active', 'failed', 'silent')),
    reason text NOT NULL DEFAULT '',
    PRIMARY KEY (rollout_id, node_id)
);

-- what a node that fetches releases itself said last
CREATE TABLE node_pull (
    node_id text PRIMARY KEY REFERENCES node (node_id),
    rollout_group text NOT NULL CHECK (rollout_group IN ('canary', 'first', 'rest')),
    -- the rollout it speaks of; empty where it has heard of none
    announcement text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    received_bytes bigint NOT NULL DEFAULT 0,
    seen_at timestamptz NOT NULL
);
