"""Comparing assessments of one project: records of them, what became of each rule, and what a baseline lets through."""
