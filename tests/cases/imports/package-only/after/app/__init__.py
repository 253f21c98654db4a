from app.part import part
