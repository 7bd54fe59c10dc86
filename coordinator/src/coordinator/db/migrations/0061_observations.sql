-- What the camera showed for a while, for a person to look at. Nothing that rates or asks reads this table.

CREATE TABLE observation (
    interview_id uuid NOT NULL REFERENCES interview (id),
    number bigint NOT NULL,
    -- a stable code; a newer node may know more of them
    kind text NOT NULL,
    start_ms integer NOT NULL,
    end_ms integer NOT NULL CHECK (end_ms >= start_ms),
    -- pictures that showed it
    samples integer NOT NULL CHECK (samples >= 0),
    -- share of the span in which the camera was looked at
    sampled_percent integer NOT NULL CHECK (sampled_percent BETWEEN 0 AND 100),
    -- when the look at the screen was measured; empty where that plays no part
    baseline text NOT NULL DEFAULT '',
    PRIMARY KEY (interview_id, number)
);

-- 0 from nodes that did not say
ALTER TABLE presence_span ADD COLUMN sampled_ms integer NOT NULL DEFAULT 0 CHECK (sampled_ms >= 0);
