"""The ground floor: View and Act, reads compiled to one statement, both doors' plumbing. Knows no room above it."""
