from old import MAX

print(MAX)
