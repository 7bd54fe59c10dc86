"""Interview plans shipped with the program, for a recruiter to start a job from. Data, in ``template_files``."""

import json
from functools import cache
from importlib import resources

from coordinator.jobs.schemas import JobTemplate


@cache
def shipped() -> tuple[JobTemplate, ...]:
    """Every template in both languages, the standard ones first."""
    folder = resources.files("coordinator.jobs") / "template_files"
    files = [file for file in folder.iterdir() if file.name.endswith(".json")]
    made = [JobTemplate.model_validate(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(made, key=lambda template: (template.id != "standard", template.id, template.language)))
