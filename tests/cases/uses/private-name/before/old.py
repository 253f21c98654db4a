from new import New as __Old
