from new import New

x: New
