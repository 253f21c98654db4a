import os, app.new, sys

made = app.new.New(), os, sys
