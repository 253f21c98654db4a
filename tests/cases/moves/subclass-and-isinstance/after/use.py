from pkg import new


class Mine(new.Service):
    kind = new.Service.Kind()
