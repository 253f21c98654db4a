from new import Missing
