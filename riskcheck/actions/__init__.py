"""Actions across reports: what people filled in in an older report stands in the new one."""
