from new import New as New
Also = (
