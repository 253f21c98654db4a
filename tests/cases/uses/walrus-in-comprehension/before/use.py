from old import Old

first = Old()
any((Old := item) for item in "ab")
