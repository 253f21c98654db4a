from made import New
