"""Waivers lift the veto of a failed check, for a time and for the facts they were given for, and nothing else."""
