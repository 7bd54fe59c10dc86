-- An index holds vectors of 192 numbers, along the axes a model's vectors differ in most; the few passages it finds are
-- compared in full (decision 0081).
DROP INDEX passage_embedding;

CREATE TABLE embedding_axes (
    model text PRIMARY KEY,
    learned_from integer NOT NULL CHECK (learned_from > 0),
    learned_at timestamptz NOT NULL DEFAULT now(),
    -- Since when every passage of the model has its reduced vector.
    filled_at timestamptz
);
CREATE TABLE embedding_axis (
    model text NOT NULL REFERENCES embedding_axes ON DELETE CASCADE,
    place smallint NOT NULL CHECK (place BETWEEN 0 AND 191),
    axis halfvec(1024) NOT NULL,
    PRIMARY KEY (model, place)
);

ALTER TABLE passage ADD COLUMN reduced halfvec(192);
ALTER TABLE passage ALTER COLUMN reduced SET STORAGE PLAIN;
CREATE FUNCTION reduce_passage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.reduced := CASE WHEN NEW.embedding IS NOT NULL THEN (
        SELECT array_agg(-(axis <#> NEW.embedding) ORDER BY place)::halfvec(192)
        FROM embedding_axis WHERE model = NEW.embedding_model
    ) END;
    RETURN NEW;
END $$;
CREATE TRIGGER passage_reduced BEFORE INSERT OR UPDATE OF embedding, embedding_model ON passage
    FOR EACH ROW EXECUTE FUNCTION reduce_passage();
CREATE INDEX passage_reduced ON passage USING hnsw (reduced halfvec_cosine_ops) WITH (m = 24, ef_construction = 200);
