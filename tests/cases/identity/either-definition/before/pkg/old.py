from pkg.types import Json
