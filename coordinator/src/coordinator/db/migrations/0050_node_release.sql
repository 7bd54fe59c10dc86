-- which release a node runs, which it was to run, what became of that and why, as it says itself: {"actual", "target",
-- "state", "reason"}; null where no playbook installs releases
ALTER TABLE node ADD COLUMN release jsonb
    CHECK (release IS NULL OR release ->> 'state' IN ('active', 'rolled_back', 'failed'));
