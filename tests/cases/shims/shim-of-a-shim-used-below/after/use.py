from old import make

make()
