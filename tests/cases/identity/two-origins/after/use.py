from compat import Old

made = Old()
