"""Print the API's description, from which the dashboard's client is generated. Needs no database and no hub."""

import json
import secrets
import sys

from coordinator.app.api import Api
from coordinator.app.process import hub_of
from coordinator.db.unit_of_work import Database
from coordinator.settings import Settings


async def run(settings: Settings) -> None:
    """Write the OpenAPI document to stdout."""
    unused_key = secrets.token_urlsafe(48)
    api = Api(settings, database=Database(""), hub=hub_of(settings, "openapi"), key=unused_key)
    json.dump(api.application().openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
