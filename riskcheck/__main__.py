"""`python -m riskcheck` is the command line."""

from riskcheck.cli import main

main()
