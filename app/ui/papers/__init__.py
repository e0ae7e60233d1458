"""Papers on screen: preview, print, save, keep for signature."""
