"""A Bot API in memory: over HTTP and in-process, with people who tap and read. It never runs beside a real token."""
