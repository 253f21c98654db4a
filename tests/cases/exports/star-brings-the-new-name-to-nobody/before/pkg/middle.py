from pkg.old import Old
