"""Writing to the files: one module per group of acts."""
