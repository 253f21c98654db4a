from old import Old

Old().dump(1)
