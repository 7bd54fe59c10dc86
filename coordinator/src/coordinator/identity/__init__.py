"""Who nodes are: the installation's keys, enrolment by a one-time token, renewal, revocation."""
