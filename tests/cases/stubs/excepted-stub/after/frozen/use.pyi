from old import Old

x: Old
