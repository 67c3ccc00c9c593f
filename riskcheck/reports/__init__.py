"""Reports: an Assessment becomes text or bytes, and nothing else is looked at."""
