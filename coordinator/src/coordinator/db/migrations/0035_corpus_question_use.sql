-- What the corpus learns: how often a question was asked for a rating, and how often the answer gave evidence.
-- A view over the facts, so it cannot differ from them and needs no rebuilding. Only a question's id and counts leave
-- an interview: neither what was answered nor a follow-up, which may hold a candidate's words.

CREATE VIEW corpus_question_use AS
SELECT used.corpus_question_id,
       count(*)::integer AS asked,
       count(*) FILTER (WHERE used.useful)::integer AS useful
FROM (
    SELECT (source.value ->> 'reference')::uuid AS corpus_question_id,
           EXISTS (
               SELECT 1 FROM turn
               JOIN rating_evidence AS evidence
                 ON evidence.interview_id = turn.interview_id AND evidence.turn_id = turn.turn_id
               WHERE turn.interview_id = asked.interview_id AND turn.question_id = asked.question_id
           ) AS useful
    FROM asked_question AS asked
    JOIN interview ON interview.id = asked.interview_id AND interview.status = 'reviewed'
    JOIN stage ON stage.job_id = interview.job_id AND stage.stage_id = asked.stage_id
              AND stage.competency_id IS NOT NULL
    CROSS JOIN LATERAL jsonb_array_elements(
        -- only what looks like an id is cast
        jsonb_path_query_array(asked.sources, '$[*] ? (@.kind == "corpus" && @.reference like_regex "^[0-9a-f-]{36}$")')
    ) AS source
    WHERE asked.kind IN ('planned', 'fallback')
) AS used
GROUP BY used.corpus_question_id;
