from new import New as Old

made = vars().get("Old")
kept = Old
