"""Who is calling and what they may do: login tokens and one table of roles and actions."""
