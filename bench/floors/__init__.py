"""What a page costs at least: by hand in WSGI, and in Django without anything of ours. Both show twenty tickets of an office."""
