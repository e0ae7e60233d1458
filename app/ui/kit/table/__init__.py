"""Tables: columns are declared, everything else (sort, filter, copy, export, keyboard) comes with them.

Nothing is imported here: the first page knows columns, and is shown before any table is made.
"""
