from old import Part

made = Part()
