from compat import Legacy

made = Legacy()
