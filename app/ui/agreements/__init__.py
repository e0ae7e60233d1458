"""The register of agreements, their form and their timeline."""
