from app.use import made
