"""Typed conditions as SQL text: what the engines that run SQL have in common.

A truth is a BOOLEAN, NULL for unknown: the AND, OR and NOT of SQL are those of the language. A number is held by its
two ends. `dialect` holds all in which one SQL differs from another.
"""
