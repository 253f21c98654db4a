import warnings
class New: ...
Old = New
MADE = Old()
