import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.services.users import UserService as Users


def __getattr__(name: str) -> object:
    if name == "Users":
        from pkg.services.users import UserService
        warnings.warn(
            "pkg.old.Users is deprecated, use pkg.services.users.UserService", DeprecationWarning, stacklevel=2
        )
        return UserService
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
