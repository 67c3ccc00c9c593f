"""Actions that people filled in in a report stand in the next one."""
