from new import New

x: list[New]
