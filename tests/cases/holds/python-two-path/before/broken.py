import app.old
print "made"
