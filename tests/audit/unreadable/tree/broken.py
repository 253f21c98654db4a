import os
print "old"
