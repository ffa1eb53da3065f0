"""The commands of ``milatui``, one module each; the registry imports them when they are run."""
