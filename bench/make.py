"""Makes a PostgreSQL database of a name in place of an older one: empty, or a copy of another."""

import os
import sys

import psycopg
from psycopg import sql

with psycopg.connect(os.environ["SERVER"], autocommit=True) as server:
    name, like = (sql.Identifier(word) for word in (*sys.argv[1:], "template1")[:2])
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, like))
