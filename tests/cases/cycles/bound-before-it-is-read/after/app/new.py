class New:
    pass

import app.use
