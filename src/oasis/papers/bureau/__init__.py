"""The bureau's own forms: a Word or Excel sheet uploaded once, its cells tied to fields, tried, filled ever after."""
