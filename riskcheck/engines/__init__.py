"""Engines: compiled rules and facts become truth values, and nothing else."""
