import pkg._speed

pkg._speed.Fast()
