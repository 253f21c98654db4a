from typing import Annotated, Literal as Word
from new import New

word: Word["Old"] = "Old"
quoted: "Word['Old']" = "Old"
made: Annotated["New", "Old"] = New()
