from pkg import _speed

Slow = _speed.Fast
