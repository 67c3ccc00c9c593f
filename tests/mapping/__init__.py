"""Mapping files: how workbooks that nobody made for riskcheck are read."""
