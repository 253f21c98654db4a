from old import Old
name = "café"
