import os; from old import KEPT, Old; import sys

made = Old(), KEPT, os, sys
