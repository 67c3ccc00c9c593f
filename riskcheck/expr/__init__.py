"""The condition language: CEL with the departures and additions that the user guide lists."""
