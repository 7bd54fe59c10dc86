"""The process that carries out playbooks: the only one with a way to the machines. It needs no hub."""

from coordinator.app.process import Process
from coordinator.db.unit_of_work import Database
from coordinator.playbooks.runner import Place, PlaybookRunner
from coordinator.settings import Settings, database_url
from coordinator.telemetry import metrics


async def run(settings: Settings) -> None:
    """Carry out the run that comes next, and end; whoever started this process starts the next one."""
    process = Process("provision-runner", settings)
    where = settings.playbooks
    place = Place(
        folder=where.folder.absolute(),
        state=where.state_dir.absolute(),
        playbook_dir=where.playbook_dir.absolute(),
        signers=where.signers_file.absolute(),
    )
    database = Database(database_url(settings), connections_max=2)
    runner = PlaybookRunner(database, place, deadline_seconds=where.deadline_minutes * 60)
    await database.open()
    try:
        process.stop_on_signals()
        process.own(runner.announce(), "announce")
        process.tell_ready()
        with metrics.served("provision-runner", settings.metrics_port):
            await runner.work(process.stopping)
        process.raise_failure()
    finally:
        await process.cancel_owned()
        await database.close()
