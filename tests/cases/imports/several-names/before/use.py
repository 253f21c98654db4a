from old import FIRST, Old, LAST

made = Old(), FIRST, LAST
