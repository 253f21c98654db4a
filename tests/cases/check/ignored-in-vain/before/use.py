from new import New

One = New  # unshim: ignore[US104]
Two = 2  # unshim: ignore[US104] -- nothing here
Three = New  # unshim: ignore
Four = New  # unshim: ignore[US999] -- x
Five = New  # unshim: ignore[US202] -- x
