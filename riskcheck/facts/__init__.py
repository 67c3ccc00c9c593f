"""Reading facts: a workbook or a YAML file becomes one typed FactSet."""
