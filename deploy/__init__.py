"""Several processes of the app behind a proxy: what runs them, and what the proxy is told."""
