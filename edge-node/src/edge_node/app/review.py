"""The process that rates and sums up closed interviews."""

from edge_node.app.disk import space_of
from edge_node.app.process import started
from edge_node.core.evaluation.rating import RatingRules
from edge_node.journal.store import JetStreamJournal
from edge_node.language.client import LanguageClient
from edge_node.models.errors import ModelMissing
from edge_node.models.registry import Registry
from edge_node.review.asking import Asker
from edge_node.review.reviewer import Reviewer
from edge_node.review.rounds import Rounds
from edge_node.settings import Settings
from edge_node.telemetry.traced_model import TracedModel
from edge_node.uplink.assignments import KitMirror


async def run(settings: Settings) -> None:
    """Review until told to stop; a review that is cut short is resumed at the next start."""
    async with started("review", settings) as process:
        bus = process.bus
        journal = JetStreamJournal(bus.client, settings.node_id, before_write=space_of(settings).make_room)
        asker = Asker(
            TracedModel(LanguageClient(bus), _model_name(settings)),
            timeout_seconds=settings.review.answer_timeout_seconds,
            patience_seconds=settings.review.patience_seconds,
        )
        rules = RatingRules(
            repeats=settings.review.repeats,
            widest_spread=settings.review.widest_spread,
            minimum_spans=settings.review.minimum_quotes,
        )
        reviewer = Reviewer(journal, asker, settings.model_profile, rules)
        rounds = Rounds(journal, KitMirror(bus.client, settings.node_id), reviewer)
        process.own(rounds.listen(), "listen")
        process.own(rounds.run(), "rounds")
        await process.until_stopped()


def _model_name(settings: Settings) -> str:
    try:
        return Registry(settings.models_dir, settings.model_profile).path("language").name
    except ModelMissing:
        return "none"
