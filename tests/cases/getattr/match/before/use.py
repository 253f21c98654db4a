from old import Old, Older

print(Old, Older)
