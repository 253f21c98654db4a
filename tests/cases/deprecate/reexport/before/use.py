from old import Old

Old()
