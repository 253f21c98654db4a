from app.old import Old

print(Old)
