from other import Old

x: Old
