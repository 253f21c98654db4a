path = "pkg.old.Service"
