import os; from old import Old; import sys

made = Old(), os, sys
