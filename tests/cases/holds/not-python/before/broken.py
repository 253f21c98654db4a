from app.old import Old
print "made", Old
