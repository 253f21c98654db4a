import new

class C(new.New):
    def f(self, x: new.New | None = ...) -> "new.New": ...
