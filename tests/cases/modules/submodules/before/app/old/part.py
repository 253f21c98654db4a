from app.new.part import Part
