from new import New

made = New()
print(made.count)
