"""The real services that tests use: PostgreSQL, an S3 gateway, an SMTP listener, Chromium, LibreOffice."""
