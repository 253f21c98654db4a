class Beta: ...


Old = Beta
Alpha, LIMIT = Old, 1
