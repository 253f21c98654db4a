from new import New
