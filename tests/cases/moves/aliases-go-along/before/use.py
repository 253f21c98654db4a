from pkg.compat import Old

print(Old)
