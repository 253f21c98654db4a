from pkg.core.new import Other as Other
