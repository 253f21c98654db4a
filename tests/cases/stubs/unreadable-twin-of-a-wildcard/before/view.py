from old import Also

print(Also)
