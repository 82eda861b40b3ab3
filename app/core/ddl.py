"""Database functions every room's tables rest on. Core functions of PostgreSQL 15 and later only: no extension."""

from app.core.ids import RESTRICTED

# Equal to app.core.text.fold and sort_key; a test compares them over generated words.
FOLD = """CREATE FUNCTION vietnamese_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(translate(regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g'), 'Đđ', 'dd') COLLATE "C")
$$"""

# Tone marks off, the rest composed and mapped to consecutive letters; then one digit a letter for its tone.
SORT_KEY = """CREATE FUNCTION vietnamese_sort_key(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(
      normalize(regexp_replace(bare, '[\u0300\u0309\u0303\u0301\u0323]', '', 'g'), NFC),
      'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`a')
    || ' ' ||
    replace(replace(replace(replace(replace(
      regexp_replace(regexp_replace(bare, '[\u0302\u0306\u031b]', '', 'g'), '[^\u0300\u0309\u0303\u0301\u0323]', '0', 'g'),
      '0' || U&'\\0300', '1'), '0' || U&'\\0309', '2'), '0' || U&'\\0303', '3'), '0' || U&'\\0301', '4'), '0' || U&'\\0323', '5')
  FROM (SELECT lower(replace(normalize(words, NFD), 'Đ', 'đ') COLLATE "C") AS bare) AS lowered
$$"""

# Words as written weigh A, without marks B; a document number falls into its letters and digits.
SEARCH_WORDS = """CREATE FUNCTION search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('pg_catalog.simple', written), 'A')
      || setweight(to_tsvector('pg_catalog.simple', public.vietnamese_fold(written)), 'B')
  FROM (SELECT translate(normalize(lower(normalize(left(coalesce(words, ''), 20000), NFD) COLLATE "C"), NFC),
    'Đ-/.,;:()[]', 'đ          ') AS written) AS plain
$$"""

# Equal to app.core.ids.cleared; a test compares them. Neither strict nor with a path of its own, so that it is inlined.
CLEARED = """CREATE FUNCTION cleared(id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT overlay(id::text PLACING '8' FROM 15 FOR 1)::uuid
$$"""


def scope_id(ancestor: str, access_class: str) -> str:
    """SQL: the id under which something of the class stands below the ancestor in a scope table."""
    return f"CASE WHEN {access_class} < {RESTRICTED} THEN {ancestor} ELSE cleared({ancestor}) END"


STATEMENTS = (
    CLEARED,
    FOLD,
    SORT_KEY,
    SEARCH_WORDS,
    # Stands in for btree_gist in exclusion constraints.
    "CREATE TYPE uuidrange AS RANGE (subtype = uuid)",
    "CREATE TABLE epoch (epoch bigint NOT NULL, single boolean PRIMARY KEY DEFAULT true CHECK (single))",
    "COMMENT ON TABLE epoch IS 'Raised by every change of authority, holdings or persons; a reach computed before is computed anew'",
    "COMMENT ON COLUMN epoch.epoch IS 'the present epoch'",
    "COMMENT ON COLUMN epoch.single IS 'keeps the table at one row'",
    "INSERT INTO epoch (epoch) VALUES (1)",
    """CREATE FUNCTION raise_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.epoch SET epoch = epoch.epoch + 1;
  RETURN NULL;
END $$""",
    "CREATE TABLE seal (secret bytea NOT NULL, single boolean PRIMARY KEY DEFAULT true CHECK (single))",
    "COMMENT ON TABLE seal IS 'The key that seals page cursors, the same in every process'",
    "COMMENT ON COLUMN seal.secret IS '32 random bytes'",
    "COMMENT ON COLUMN seal.single IS 'keeps the table at one row'",
    "INSERT INTO seal (secret) VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))",
    "CREATE TABLE mark (name text PRIMARY KEY, at timestamptz NOT NULL)",
    "COMMENT ON TABLE mark IS 'What this database is: a demo, for one'",
    "COMMENT ON COLUMN mark.name IS 'demo: loaded with the demo organisation, its tokens are accepted'",
    "COMMENT ON COLUMN mark.at IS 'since when'",
)
