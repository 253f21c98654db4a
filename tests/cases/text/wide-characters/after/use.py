from new import New
größe = "😀", New, "ü", New
