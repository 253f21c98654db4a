from old import Old

listed = [Old for Old in [Old]]
