from new import Manager as Manager
