"""Turns the house on: settings, urls, middleware, command line."""
