print "made"
