from nowhere import Old
