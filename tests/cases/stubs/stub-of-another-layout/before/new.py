from _impl import New
