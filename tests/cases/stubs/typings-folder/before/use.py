from shop.old import Old

Old()
