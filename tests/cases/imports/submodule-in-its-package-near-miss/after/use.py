import pkg

made = pkg.old.Old
