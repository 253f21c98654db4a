from old import dial

dial("a")
