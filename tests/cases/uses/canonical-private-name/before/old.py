from new import __New as Old
