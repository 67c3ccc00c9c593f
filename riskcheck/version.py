"""The version of riskcheck, in one place; nothing is imported here so that `--version` stays quick."""

__version__ = "0.1.0"
