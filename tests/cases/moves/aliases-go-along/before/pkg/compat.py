from pkg.old import Service as Old
