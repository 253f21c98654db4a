from old import MAXIMUM

half = MAXIMUM // 2
