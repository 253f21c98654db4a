from new import New

made = {"a": New}
text = f"{made["a"]} {New.__name__ + f"{New}"}"
