"""The papers of PAPERS, one file each."""
