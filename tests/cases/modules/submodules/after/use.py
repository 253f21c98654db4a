from app.new.part import Part

made = Part()
