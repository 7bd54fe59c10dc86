"""Competencies and score of an interview, from its kit and the rows of its ratings. Pure."""

from typing import Any

from coordinator.interviews.review_schemas import Abstention, Rated, Rating
from coordinator.scoring import aggregate


def competencies(kit: dict[str, Any], rows: list[dict[str, Any]]) -> list[Rated]:
    """Every competency of the kit with its rating or abstention, once there is one."""
    by_id = {row["competency_id"]: row for row in rows}
    found: list[Rated] = []
    for competency in kit["competencies"]:
        row = by_id.get(competency["competency_id"])
        anchors = {anchor["level"]: anchor["text"] for anchor in competency["anchors"]}
        rating = abstention = None
        if row and row["level"] is not None:
            extra = {"levels": len(anchors), "anchor_text": anchors.get(row["level"], "")}
            rating = Rating.model_validate({**row, **extra})
        elif row:
            abstention = Abstention.model_validate({**row, "reason": row["abstention_reason"]})
        found.append(
            Rated(
                id=competency["competency_id"],
                name=competency["name"],
                definition=competency["definition"],
                weight=competency.get("weight"),
                rating=rating,
                abstention=abstention,
            )
        )
    return found


def score(head: dict[str, Any], rows: list[dict[str, Any]]) -> float | None:
    """The aggregate of judged levels once the review is done; before that, what is missing is not an abstention."""
    if head["status"] != "reviewed":
        return None
    by_id = {row["competency_id"]: row["level"] for row in rows if aggregate.judged(row["prompt_version"])}
    results = []
    weights = {c["competency_id"]: float(c["weight"]) for c in head["kit"]["competencies"] if c.get("weight")}
    for competency in head["kit"]["competencies"]:
        levels, level = len(competency["anchors"]), by_id.get(competency["competency_id"])
        fits = level is not None and level <= levels
        results.append(aggregate.Rated(competency["competency_id"], level if fits else None, levels))
    return aggregate.aggregate(results, weights)
