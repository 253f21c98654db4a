from app.old.part import Part

made = Part()
