from pkg.types import Json

made = Json()
