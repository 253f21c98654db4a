from pkg import old


class Mine(old.Service):
    kind = old.Service.Kind()
