from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from new import New as Old
else:

    def __getattr__(name):
        if name == "Old":
            from new import New

            return New
        raise AttributeError(name)
