import old
import new

print(new.New, old.Older)
