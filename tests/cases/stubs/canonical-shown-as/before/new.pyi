from made import New as New
