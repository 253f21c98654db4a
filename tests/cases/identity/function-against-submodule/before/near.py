from pkg import load

called = load
