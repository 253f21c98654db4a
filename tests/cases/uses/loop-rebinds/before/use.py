from old import Old

first = Old()
for Old in range(3):
    print(Old)
