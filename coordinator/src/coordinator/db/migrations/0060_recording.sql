-- Recordings of candidates who agreed to one. The sound itself is sealed with the interview's key, which is kept only
-- wrapped by the installation's: without the row's key nothing of it can be read, in a backup neither.
CREATE TABLE recording (
    interview_id uuid PRIMARY KEY REFERENCES interview (id) ON DELETE CASCADE,
    -- null once it is erased
    wrapped_key bytea,
    received_at timestamptz NOT NULL DEFAULT now(),
    erased_at timestamptz,
    CHECK ((wrapped_key IS NULL) = (erased_at IS NOT NULL))
);

CREATE TABLE recording_segment (
    interview_id uuid NOT NULL REFERENCES recording (interview_id) ON DELETE CASCADE,
    -- the visit, and the order within it from 0
    track integer NOT NULL CHECK (track >= 0),
    number integer NOT NULL CHECK (number >= 0),
    -- milliseconds since the interview was opened, as words are timed; half-open
    start_ms bigint NOT NULL,
    end_ms bigint NOT NULL CHECK (end_ms > start_ms),
    sealed bytea NOT NULL,
    PRIMARY KEY (interview_id, track, number)
);
-- It does not compress, and is read whole.
ALTER TABLE recording_segment ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- why a recording ended before its visit did; empty when none did
ALTER TABLE interview ADD COLUMN recording_stopped text NOT NULL DEFAULT '';
