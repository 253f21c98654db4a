from harbor.docks.compat import *  # noqa: F401,F403
