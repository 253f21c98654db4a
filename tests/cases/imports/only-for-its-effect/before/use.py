import old  # registers the hooks
