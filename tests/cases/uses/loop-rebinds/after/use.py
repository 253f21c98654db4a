from new import New as Old

first = Old()
for Old in range(3):
    print(Old)
