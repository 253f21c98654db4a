print("old.Old")
