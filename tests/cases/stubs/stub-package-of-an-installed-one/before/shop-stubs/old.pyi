from shop.new import New as Old
