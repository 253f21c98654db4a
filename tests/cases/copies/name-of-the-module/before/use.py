from old import log

log("a")
