from pkg.old import Json

made = Json()
