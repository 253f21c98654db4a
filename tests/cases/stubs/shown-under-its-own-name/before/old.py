from new import Manager
