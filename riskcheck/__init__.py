"""riskcheck: rules-based risk assessment and compliance checks, with every reason traced to a cell."""
