-- How a node's journal is known to be the one whose facts are here, and what is noted when it is not.

-- sha256 of the fact at the position, as the node has it on disk; empty when a node did not say
ALTER TABLE node_position ADD COLUMN committed_digest bytea NOT NULL DEFAULT '';

-- What happened to a node's record that a person should know of.
CREATE TABLE node_incident (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id text NOT NULL REFERENCES node (node_id),
    -- stable: journal_recreated, journal_rolled_back, journal_reused
    code text NOT NULL,
    -- the incarnation of the journal it was noticed with
    journal_epoch text NOT NULL,
    -- [{epoch, committed_sequence}] of the incarnations before it
    earlier jsonb NOT NULL DEFAULT '[]',
    noticed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (node_id, journal_epoch, code)
);

-- The words of an answer are in its envelope, which is kept for good; a second copy cost more than all else that is
-- written of an answer.
ALTER TABLE turn DROP COLUMN words;
