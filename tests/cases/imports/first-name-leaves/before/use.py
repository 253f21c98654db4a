from old import Old, KEPT
made = Old(), KEPT
