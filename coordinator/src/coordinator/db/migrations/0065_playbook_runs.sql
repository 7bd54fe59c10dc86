-- Runs of playbooks that administrators ask for and the runner carries out, and what the runner can do.

CREATE TABLE playbook_run (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    playbook text NOT NULL CHECK (playbook IN ('upgrade', 'rollback', 'drift')),
    -- machines and groups of the runner's inventory; none: all of it
    machines text[] NOT NULL DEFAULT '{}',
    -- the bundle's id; empty where the playbook needs none
    bundle text NOT NULL DEFAULT '',
    bundle_version text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    -- per cent of a group that may fail before an upgrade stops
    failures_most integer NOT NULL DEFAULT 0 CHECK (failures_most BETWEEN 0 AND 100),
    status text NOT NULL DEFAULT 'waiting' CHECK (
        status IN ('waiting', 'running', 'done', 'failed', 'drifted', 'cancelled', 'out_of_time', 'not_taken', 'lost')
    ),
    -- why it ended as it did, where no machine's result says it
    note text NOT NULL DEFAULT '',
    -- play that is under way
    play text NOT NULL DEFAULT '',
    requested_by uuid NOT NULL REFERENCES account (id),
    requested_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    cancel_requested_at timestamptz,
    -- which process of the runner has it, and until when it must have been heard of
    runner uuid,
    lease_until timestamptz,
    -- events that came beyond what is kept
    events_dropped integer NOT NULL DEFAULT 0
);
-- one at a time: a second one is refused while one waits or runs
CREATE UNIQUE INDEX playbook_run_open ON playbook_run ((true)) WHERE status IN ('waiting', 'running');
CREATE INDEX playbook_run_newest ON playbook_run (requested_at DESC);

CREATE TABLE playbook_machine (
    run_id uuid NOT NULL REFERENCES playbook_run (id) ON DELETE CASCADE,
    machine text NOT NULL,
    status text NOT NULL CHECK (status IN ('ok', 'changed', 'failed', 'unreachable')),
    changed integer NOT NULL DEFAULT 0,
    -- the task it is at, or failed at
    task text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, machine)
);

CREATE TABLE playbook_event (
    run_id uuid NOT NULL REFERENCES playbook_run (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    at timestamptz NOT NULL DEFAULT now(),
    machine text NOT NULL DEFAULT '',
    task text NOT NULL DEFAULT '',
    status text NOT NULL,
    reason text NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, number)
);

-- what the runner said of itself last; one row
CREATE TABLE playbook_runner (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    seen_at timestamptz NOT NULL,
    -- {"machines": [{"name", "groups"}], "bundles": [{"id", "version"}]}
    offers jsonb NOT NULL
);
