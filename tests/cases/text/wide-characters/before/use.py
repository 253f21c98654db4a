from old import Old
größe = "😀", Old, "ü", Old
