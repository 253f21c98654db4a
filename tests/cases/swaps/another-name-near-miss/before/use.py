from pkg.old import Other

Other()
