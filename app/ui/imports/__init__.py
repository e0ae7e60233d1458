"""The page "Import": lists of other people come in, step by step."""
