import os; from old import KEPT; from new import New; import sys

made = New(), KEPT, os, sys
