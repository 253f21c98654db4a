from pkg import New

New()
