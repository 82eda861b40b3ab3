"""What a GraphQL document may cost. Apart from what counts it, so that telling the limits needs no GraphQL library."""

DEPTH, ALIASES, TOKENS, DIRECTIVES, COST = 12, 30, 2_000, 20, 1_000
INTROSPECTION_DEPTH = 20  # tools ask the schema about itself fifteen deep; it touches no data
