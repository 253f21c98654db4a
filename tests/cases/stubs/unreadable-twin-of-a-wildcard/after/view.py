from new import New

print(New)
