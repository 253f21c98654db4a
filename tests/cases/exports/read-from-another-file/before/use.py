from middle import Old

made = Old()
