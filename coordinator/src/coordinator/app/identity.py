"""``coordinator identity``: make the installation's keys and authorities, or bring them up to date."""

from coordinator.keys import keyring
from coordinator.settings import Settings
from coordinator.telemetry import logs


async def run(settings: Settings) -> None:
    """Do it; a second run changes nothing. Needs no database and no hub; raises OSError."""
    logs.configure("identity", level=settings.log_level, personal=settings.log_personal_data)
    chosen = settings.identity
    if chosen.keys_dir is None:
        raise ValueError("set COORDINATOR_IDENTITY__KEYS_DIR, the folder for the installation's keys")
    keyring.prepare(chosen.keys_dir, chosen.hub_names, chosen.web_names, members=chosen.hub_members)
