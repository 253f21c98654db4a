from old import Old

text = t"Old {Old.__name__}"
