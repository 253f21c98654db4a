import new

Old, KEPT = sorted([new.New, int], key=str)
