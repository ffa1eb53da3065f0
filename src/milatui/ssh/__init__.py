"""Public read-only logins: their files, an audit of a login, the preloaded server."""
