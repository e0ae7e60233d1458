"""Small widgets of one purpose each, used by all pages."""
