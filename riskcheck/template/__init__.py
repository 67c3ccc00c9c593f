"""The workbook to fill in, made from the pack's fact schema: `riskcheck template`.

What is written here is read back by `riskcheck.facts`: sheet names and headers are the schema's titles, sheets and rows
that begin with `#` are help, and `table_status` says which tables are complete.
"""
