import os, app.old, sys

made = app.old.Old(), os, sys
