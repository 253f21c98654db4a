from pkg.core.new import New, Other as Other
