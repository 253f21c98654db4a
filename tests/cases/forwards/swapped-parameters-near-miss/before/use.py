from old import dial

dial("a", 1)
