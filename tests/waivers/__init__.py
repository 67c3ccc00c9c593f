"""Waivers: when they hold, and what they may do."""
