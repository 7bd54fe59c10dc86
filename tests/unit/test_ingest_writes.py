"""Writes go together only where that leaves what one by one would leave."""

from coordinator.ingest.writes import Statement, Write, runs

IV = "iv"
QUESTION = ("question", IV, "q1")
TURN = ("turn", IV, "t1")


def asked() -> Write:
    return Write(Statement.QUESTION, {"question_id": "q1"}, (QUESTION,))


def interrupted() -> Write:
    return Write(Statement.INTERRUPTED, {"question_id": "q1"}, (QUESTION,))


def answered() -> Write:
    return Write(Statement.TURN, {"turn_id": "t1"}, (TURN,), (QUESTION,))


def statements(writes: list[Write]) -> list[list[Statement]]:
    return [sorted(run) for run in runs(writes)]


def test_an_orderly_batch_is_one_run() -> None:
    assert statements([asked(), interrupted(), answered()]) == [
        [Statement.QUESTION, Statement.INTERRUPTED, Statement.TURN]
    ]


def test_an_answer_before_its_question_is_not_moved_behind_it() -> None:
    assert statements([answered(), asked()]) == [[Statement.TURN], [Statement.QUESTION]]


def test_a_question_asked_again_after_it_was_interrupted_comes_after_that() -> None:
    assert statements([asked(), interrupted(), asked()]) == [
        [Statement.QUESTION, Statement.INTERRUPTED],
        [Statement.QUESTION],
    ]


def test_no_statement_makes_the_same_row_twice() -> None:
    assert statements([asked(), asked()]) == [[Statement.QUESTION], [Statement.QUESTION]]


def test_writes_of_different_interviews_go_together() -> None:
    other = Write(Statement.QUESTION, {"question_id": "q1"}, (("question", "other", "q1"),))
    (run,) = runs([asked(), answered(), other])
    assert len(run[Statement.QUESTION]) == 2


def test_nothing_to_write_is_no_run() -> None:
    assert runs([]) == []
