x = "see app.old.Old for more"
