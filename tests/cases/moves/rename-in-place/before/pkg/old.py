class Impl:
    def copy(self) -> "Impl":
        return Impl()
