"""Official documents (GB/T 9704-2012): a plain structure in, a .docx out."""
