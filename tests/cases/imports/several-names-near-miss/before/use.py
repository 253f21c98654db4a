from old import  FIRST,LAST
made = FIRST, LAST
