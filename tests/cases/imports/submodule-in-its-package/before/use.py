import pkg

made = pkg.old.Old(), pkg.old.KEPT
