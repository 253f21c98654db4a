from pkg.load import Old

made = Old()
