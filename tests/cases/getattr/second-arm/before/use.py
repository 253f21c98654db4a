import old

print(old.Old, old.Older)
