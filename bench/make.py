"""Makes an empty PostgreSQL database of a name, in place of an older one."""

import os
import sys

import psycopg
from psycopg import sql

with psycopg.connect(os.environ["SERVER"], autocommit=True) as server:
    name = sql.Identifier(sys.argv[1])
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
    server.execute(sql.SQL("CREATE DATABASE {}").format(name))
