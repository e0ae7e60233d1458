"""Any file - xlsx, xls, ods, csv, HTML - read to plain cells."""
