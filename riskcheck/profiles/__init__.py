"""Profiles: how a pack is adapted to a kind of project without copying it, visibly and before any facts are seen."""
