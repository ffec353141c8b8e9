"""What happened: one table for every act for a child on a day, one small file per kind."""
