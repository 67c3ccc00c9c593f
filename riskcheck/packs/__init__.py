"""Rule packs: finding, loading, checking. The packs themselves are the top-level folder `rules/`."""
