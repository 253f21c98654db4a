TEXTS = "import app.old", "from app.old import Older", "see app.older.Old here"
