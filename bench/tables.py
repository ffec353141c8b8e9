"""Lays the tables of the database that OASIS_HOME or DATABASE_URL names."""

import django

django.setup()

from oasis.config.laying import lay

if __name__ == "__main__":
    lay()
