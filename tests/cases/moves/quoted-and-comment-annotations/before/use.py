from pkg.old import Impl


def make(one: "list[Impl]") -> "Impl": ...
