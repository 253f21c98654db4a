from new import New, Part

made = New(), Part()
