from new import New

listed = [Old for Old in [New]]
