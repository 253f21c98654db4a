from old import Old
