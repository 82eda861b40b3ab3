"""The GraphQL door: types generated from the shapes, queries compiled to one statement, mutations from the commands."""
