"""JSON Schemas of what people write, so that their editors complete it: files of a pack, and facts in YAML.

They say less than `riskcheck rules lint` and `riskcheck inspect` do: a file that a schema refuses is wrong, one that it
accepts may still be.
"""

from __future__ import annotations

DRAFT = "https://json-schema.org/draft/2020-12/schema"
