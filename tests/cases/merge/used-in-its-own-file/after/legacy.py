LIMIT = 1


from new import New


made = New()
