"""Uses app.old.Old no more."""
# app.old.Old was here
made = 1
