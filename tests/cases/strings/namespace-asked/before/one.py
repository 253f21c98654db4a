from old import Old

made = vars().get("Old")
kept = Old
