"""Paper: dataclass in, PDF bytes out."""
