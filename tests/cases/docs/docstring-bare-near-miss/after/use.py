"""Uses an OldThing of app.new.NewThing."""
