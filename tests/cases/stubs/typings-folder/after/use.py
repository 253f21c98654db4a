from shop.new import New

New()
