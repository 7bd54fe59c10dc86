"""One table: which role may do what. What is not in it is refused."""

from enum import StrEnum


class Role(StrEnum):
    """Who an account belongs to."""

    ADMIN = "admin"
    RECRUITER = "recruiter"
    CANDIDATE = "candidate"


class Action(StrEnum):
    """What a route does; every route but login and health declares exactly one."""

    ME_READ = "me.read"
    NODES_READ = "nodes.read"
    NODES_ENROL = "nodes.enrol"
    NODES_REVOKE = "nodes.revoke"
    PLAYBOOKS_READ = "playbooks.read"
    PLAYBOOKS_RUN = "playbooks.run"
    COMPANIES_READ = "companies.read"
    COMPANIES_WRITE = "companies.write"
    JOBS_READ = "jobs.read"
    JOBS_WRITE = "jobs.write"
    CANDIDATES_READ = "candidates.read"
    CANDIDATES_WRITE = "candidates.write"
    INTERVIEWS_READ = "interviews.read"
    INTERVIEWS_WRITE = "interviews.write"
    INTEGRITY_READ = "integrity.read"
    RECORDINGS_PLAY = "recordings.play"
    RECORDINGS_ERASE = "recordings.erase"
    DEAD_LETTERS_READ = "dead_letters.read"
    DEAD_LETTERS_INSPECT = "dead_letters.inspect"
    DEAD_LETTERS_SETTLE = "dead_letters.settle"


_RECRUITING = frozenset(
    {
        Action.ME_READ,
        Action.NODES_READ,
        Action.COMPANIES_READ,
        Action.COMPANIES_WRITE,
        Action.JOBS_READ,
        Action.JOBS_WRITE,
        Action.CANDIDATES_READ,
        Action.CANDIDATES_WRITE,
        Action.INTERVIEWS_READ,
        Action.INTERVIEWS_WRITE,
        Action.INTEGRITY_READ,
        Action.RECORDINGS_PLAY,
        # That there are some, never what is in them.
        Action.DEAD_LETTERS_READ,
    }
)

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.RECRUITER: _RECRUITING,
    Role.CANDIDATE: frozenset({Action.ME_READ}),
}


def may(role: Role, action: Action) -> bool:
    """Whether ``role`` may do ``action``."""
    return action in ALLOWED.get(role, frozenset())
