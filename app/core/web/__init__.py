"""The REST door's plumbing: reads from the ASGI scope, commands from one declaration, problems in two languages."""
