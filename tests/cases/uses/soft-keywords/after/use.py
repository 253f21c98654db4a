from new import New

match = New
type = (match, New)
_ = type[0]
match[New:New] if 0 else print(match)
