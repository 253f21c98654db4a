from old import Old

match = Old
type = (match, Old)
_ = type[0]
match[Old:Old] if 0 else print(match)
