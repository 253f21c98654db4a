from old import Old
made = Old()
from new import Part
part = Part()
