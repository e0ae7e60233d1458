"""Finance's own workbook as a layout: read, and filled without touching what is not ours."""
