-- When facts came, how long they were on their way, and how far nodes' clocks can be trusted.

-- milliseconds from keeping the fact on the node to taking it in here, by the node's steady clock and the hub's;
-- null when the node could not tell. received_at minus this is when it happened, by the coordinator's clock.
ALTER TABLE event ADD COLUMN delay_ms bigint CHECK (delay_ms >= 0);

-- read from the facts
ALTER TABLE interview
    -- longest delay of a fact; null when no fact says
    ADD COLUMN longest_delay_ms bigint,
    -- the node's wall clock minus the coordinator's while the interview ran, where it was furthest off
    ADD COLUMN clock_error_ms bigint;

ALTER TABLE node
    ADD COLUMN clock_sync text NOT NULL DEFAULT 'unknown'
        CHECK (clock_sync IN ('synchronised', 'unsynchronised', 'unknown')),
    -- largest error as the node's kernel reckons it; 0 when not known
    ADD COLUMN clock_error_max_ms bigint NOT NULL DEFAULT 0 CHECK (clock_error_max_ms >= 0);

-- a person has looked at it and seen to it
ALTER TABLE dead_letter
    ADD COLUMN settled_at timestamptz,
    ADD COLUMN settled_by uuid REFERENCES account (id);
CREATE INDEX dead_letter_open ON dead_letter (id) WHERE settled_at IS NULL;
