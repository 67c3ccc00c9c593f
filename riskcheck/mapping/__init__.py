"""Mapping files: read with all that is wrong in them, and proposed for a workbook as it was understood."""
