-- Clusters of like passages were out of reach of the index's graph: it is built with more care (decision 0037).
SET LOCAL maintenance_work_mem = '512MB';
DROP INDEX passage_embedding;
CREATE INDEX passage_embedding ON passage USING hnsw (embedding halfvec_cosine_ops)
    WITH (m = 16, ef_construction = 200);
