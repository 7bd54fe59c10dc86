"""What goes wrong while weights are fetched or looked up; each error says what the operator can do."""


class ModelError(Exception):
    """Base of all; ``code`` is stable."""

    code = "model_error"


class SourceFailed(ModelError):
    """A source could not be read."""

    code = "source_failed"


class DigestMismatch(ModelError):
    """What came is not what the manifest names; nothing of it was kept."""

    code = "digest_mismatch"


class DigestUnknown(ModelError):
    """The manifest has no sha256 for this file, so the operator must give one."""

    code = "digest_unknown"


class LicenceRefused(ModelError):
    """The licence must be accepted by name before this file is fetched."""

    code = "licence_not_accepted"


class DiskFailed(ModelError):
    """The models folder could not be written."""

    code = "disk_failed"


class ModelMissing(ModelError):
    """The weights of a role are not on this machine."""

    code = "model_missing"
