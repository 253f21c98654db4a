from typing import TYPE_CHECKING

from lazy import create_importer

if TYPE_CHECKING:
    from new import New
LOOKUP = {"New": "new"}
_import = create_importer(__package__, deprecated_lookups=LOOKUP)


def __getattr__(name):
    return _import(name)


__all__ = ["New"]
