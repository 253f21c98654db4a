from new import New
made = New()
from new import Part
part = Part()
