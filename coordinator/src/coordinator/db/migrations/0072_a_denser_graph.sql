-- With more neighbours a passage is reached from more sides: none is cut off, and a narrower walk finds as much
-- (decision 0081).
DROP INDEX passage_reduced;
CREATE INDEX passage_reduced ON passage USING hnsw (reduced halfvec_cosine_ops) WITH (m = 32, ef_construction = 200);
