from shop.old import COUNT, LIMIT

print(COUNT, LIMIT)
