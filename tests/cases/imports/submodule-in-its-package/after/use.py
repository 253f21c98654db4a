import pkg
import new

made = new.New(), pkg.old.KEPT
