"""The research trail: what a user has searched and opened, and what of it differs now."""
