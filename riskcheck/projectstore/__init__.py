"""Facts of many projects in Parquet files, large CSV files or a DuckDB file: read in blocks of projects, never whole.

Every table has a column `project_id`. DuckDB brings the rows of each project together, in a private file on the disk;
cells are then typed as those of workbooks are, some thousand projects at a time.
"""
