"""The browser window: one small module per screen."""
