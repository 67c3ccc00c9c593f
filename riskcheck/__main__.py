"""`python -m riskcheck` is the command line."""

from riskcheck.start import main

main()
