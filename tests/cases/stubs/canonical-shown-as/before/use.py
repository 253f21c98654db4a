from old import Old

print(Old)
