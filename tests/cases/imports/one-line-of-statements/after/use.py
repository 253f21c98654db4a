import os; from new import New; import sys

made = New(), os, sys
