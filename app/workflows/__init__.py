"""Work that window and command line share: sheets and reports combined with services."""
