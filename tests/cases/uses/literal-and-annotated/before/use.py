from typing import Annotated, Literal as Word
from old import Old

word: Word["Old"] = "Old"
quoted: "Word['Old']" = "Old"
made: Annotated["Old", "Old"] = Old()
