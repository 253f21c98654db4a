from new import New
print(New, New)
