import new
import old


class Mine(old.Old, new.New):
    pass
