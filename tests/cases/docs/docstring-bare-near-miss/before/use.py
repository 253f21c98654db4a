"""Uses an OldThing of app.old.OldThing."""
