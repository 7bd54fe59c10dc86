"""What a colleague needs to help, without anything of a person and without a secret."""
