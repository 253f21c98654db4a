from pkg.old import Service


def make(one: "list[Service]") -> "Service": ...
