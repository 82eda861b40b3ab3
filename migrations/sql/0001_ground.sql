CREATE SCHEMA audit
-- ;
CREATE FUNCTION vietnamese_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(translate(regexp_replace(normalize(words, NFD), '[̀-ͯ]', '', 'g'), 'Đđ', 'dd') COLLATE "C")
$$
-- ;
CREATE FUNCTION vietnamese_sort_key(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(
      normalize(regexp_replace(bare, '[̣̀̉̃́]', '', 'g'), NFC),
      'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`a')
    || ' ' ||
    replace(replace(replace(replace(replace(
      regexp_replace(regexp_replace(bare, '[̛̂̆]', '', 'g'), '[^̣̀̉̃́]', '0', 'g'),
      '0' || U&'\0300', '1'), '0' || U&'\0309', '2'), '0' || U&'\0303', '3'), '0' || U&'\0301', '4'), '0' || U&'\0323', '5')
  FROM (SELECT lower(replace(normalize(words, NFD), 'Đ', 'đ') COLLATE "C") AS bare) AS lowered
$$
-- ;
CREATE FUNCTION search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('pg_catalog.simple', written), 'A')
      || setweight(to_tsvector('pg_catalog.simple', public.vietnamese_fold(written)), 'B')
  FROM (SELECT translate(normalize(lower(normalize(left(coalesce(words, ''), 20000), NFD) COLLATE "C"), NFC),
    'Đ-/.,;:()[]', 'đ          ') AS written) AS plain
$$
-- ;
CREATE TYPE uuidrange AS RANGE (subtype = uuid)
-- ;
CREATE TABLE epoch (epoch bigint NOT NULL, single boolean PRIMARY KEY DEFAULT true CHECK (single))
-- ;
COMMENT ON TABLE epoch IS 'Raised by every change of authority, holdings or persons; a reach computed before is computed anew'
-- ;
COMMENT ON COLUMN epoch.epoch IS 'the present epoch'
-- ;
COMMENT ON COLUMN epoch.single IS 'keeps the table at one row'
-- ;
INSERT INTO epoch (epoch) VALUES (1)
-- ;
CREATE FUNCTION raise_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.epoch SET epoch = epoch.epoch + 1;
  RETURN NULL;
END $$
-- ;
CREATE TABLE seal (secret bytea NOT NULL, single boolean PRIMARY KEY DEFAULT true CHECK (single))
-- ;
COMMENT ON TABLE seal IS 'The key that seals page cursors, the same in every process'
-- ;
COMMENT ON COLUMN seal.secret IS '32 random bytes'
-- ;
COMMENT ON COLUMN seal.single IS 'keeps the table at one row'
-- ;
INSERT INTO seal (secret) VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))
-- ;
CREATE TABLE mark (name text PRIMARY KEY, at timestamptz NOT NULL)
-- ;
COMMENT ON TABLE mark IS 'What this database is: a demo, for one'
-- ;
COMMENT ON COLUMN mark.name IS 'demo: loaded with the demo organisation, its tokens are accepted'
-- ;
COMMENT ON COLUMN mark.at IS 'since when'
-- ;
CREATE TABLE audit.entry_index (
	event_id UUID NOT NULL, 
	obj TEXT NOT NULL, 
	objseq INTEGER NOT NULL, 
	commitment BYTEA NOT NULL, 
	act TEXT NOT NULL, 
	actor_id UUID NOT NULL, 
	post_id UUID, 
	unit_id UUID, 
	power TEXT, 
	basis_id UUID, 
	batch_id UUID NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_entry_index PRIMARY KEY (event_id)
)
-- ;
CREATE INDEX ix_entry_index_actor_id ON audit.entry_index (actor_id, event_id)
-- ;
CREATE INDEX ix_entry_index_unit_id ON audit.entry_index (unit_id, event_id)
-- ;
CREATE UNIQUE INDEX uq_entry_index_obj_objseq ON audit.entry_index (obj, objseq)
-- ;
COMMENT ON TABLE audit.entry_index IS 'Rebuildable projection of the entries for reading; checked against them'
-- ;
COMMENT ON COLUMN audit.entry_index.event_id IS 'the entry'
-- ;
COMMENT ON COLUMN audit.entry_index.obj IS 'kind:id of the object'
-- ;
COMMENT ON COLUMN audit.entry_index.objseq IS 'place in the object''s own chain, from 1 without a hole'
-- ;
COMMENT ON COLUMN audit.entry_index.commitment IS 'the entry''s commitment, which the next entry of the object names'
-- ;
COMMENT ON COLUMN audit.entry_index.act IS 'code of the fact, e.g. task.drafted'
-- ;
COMMENT ON COLUMN audit.entry_index.actor_id IS 'who acted'
-- ;
COMMENT ON COLUMN audit.entry_index.post_id IS 'in which position'
-- ;
COMMENT ON COLUMN audit.entry_index.unit_id IS 'in the branch of which unit'
-- ;
COMMENT ON COLUMN audit.entry_index.power IS 'by which power'
-- ;
COMMENT ON COLUMN audit.entry_index.basis_id IS 'on which document'
-- ;
COMMENT ON COLUMN audit.entry_index.batch_id IS 'acts of one transaction share it'
-- ;
COMMENT ON COLUMN audit.entry_index.at IS 'claimed time of the act, UTC'
-- ;
CREATE TABLE audit.event (
	event_id UUID NOT NULL, 
	seq BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1), 
	xid xid8 DEFAULT pg_current_xact_id() NOT NULL, 
	db_user TEXT DEFAULT session_user NOT NULL, 
	class SMALLINT NOT NULL, 
	obj TEXT NOT NULL, 
	entry BYTEA NOT NULL, 
	salt BYTEA NOT NULL, 
	commitment BYTEA NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (event_id)
)
-- ;
CREATE INDEX ix_audit_event_xid_obj ON audit.event (xid, obj)
-- ;
CREATE INDEX ix_audit_event_xid_seq ON audit.event (xid, seq)
-- ;
COMMENT ON TABLE audit.event IS 'One canonical entry for each act on an object; append-only'
-- ;
COMMENT ON COLUMN audit.event.event_id IS 'the entry''s id, UUIDv7'
-- ;
COMMENT ON COLUMN audit.event.seq IS 'order of writing; gaps are rolled-back acts'
-- ;
COMMENT ON COLUMN audit.event.xid IS 'the transaction that changed and recorded'
-- ;
COMMENT ON COLUMN audit.event.db_user IS 'database role that wrote it'
-- ;
COMMENT ON COLUMN audit.event.class IS '0 public inside the system, 1 internal, 2 restricted'
-- ;
COMMENT ON COLUMN audit.event.obj IS 'kind:id of the object the entry is about'
-- ;
COMMENT ON COLUMN audit.event.entry IS 'exact canonical bytes (RFC 8785)'
-- ;
COMMENT ON COLUMN audit.event.salt IS '32 random bytes'
-- ;
COMMENT ON COLUMN audit.event.commitment IS 'SHA-256 over tag, salt and entry'
-- ;
CREATE TABLE demo_issuer (
	id UUID NOT NULL, 
	key JSONB NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_demo_issuer PRIMARY KEY (id)
)
-- ;
COMMENT ON TABLE demo_issuer IS 'Signs the demo personas'' tokens; empty outside the demo, and then no demo token is accepted'
-- ;
COMMENT ON COLUMN demo_issuer.id IS 'the demo''s token issuer; UUIDv7'
-- ;
COMMENT ON COLUMN demo_issuer.key IS 'private Ed25519 key as JWK; exists only in a demo database'
-- ;
COMMENT ON COLUMN demo_issuer.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE idempotency_key (
	caller_id UUID NOT NULL, 
	key TEXT NOT NULL, 
	route TEXT NOT NULL, 
	digest BYTEA NOT NULL, 
	object_id UUID NOT NULL, 
	status INTEGER NOT NULL, 
	answer BYTEA NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_idempotency_key PRIMARY KEY (caller_id, key)
)
-- ;
CREATE INDEX ix_idempotency_key_created_at ON idempotency_key (created_at)
-- ;
COMMENT ON TABLE idempotency_key IS 'Committed effects by the caller''s key, so that a repeated request answers the same and acts once.'
-- ;
COMMENT ON COLUMN idempotency_key.caller_id IS 'who sent the key: a person or a service account'
-- ;
COMMENT ON COLUMN idempotency_key.key IS 'the caller''s own key, 1–200 characters'
-- ;
COMMENT ON COLUMN idempotency_key.route IS 'the command the key was used for'
-- ;
COMMENT ON COLUMN idempotency_key.digest IS 'SHA-256 of the input; another input under the same key is refused'
-- ;
COMMENT ON COLUMN idempotency_key.object_id IS 'what the effect was about; a replay first checks that it is still seen'
-- ;
COMMENT ON COLUMN idempotency_key.status IS 'HTTP status of the first answer'
-- ;
COMMENT ON COLUMN idempotency_key.answer IS 'the first answer''s bytes'
-- ;
COMMENT ON COLUMN idempotency_key.version IS 'version of the object in the first answer'
-- ;
COMMENT ON COLUMN idempotency_key.created_at IS 'when the effect was committed; kept 48 hours'
-- ;
CREATE TABLE outbox (
	event_id UUID NOT NULL, 
	seq BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1), 
	xid xid8 DEFAULT pg_current_xact_id() NOT NULL, 
	type TEXT NOT NULL, 
	obj TEXT NOT NULL, 
	detail JSONB NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (event_id)
)
-- ;
CREATE INDEX ix_outbox_at ON outbox (at)
-- ;
CREATE INDEX ix_outbox_xid_seq ON outbox (xid, seq)
-- ;
COMMENT ON TABLE outbox IS 'Facts for the change feed and for reactions that may wait, in the transaction of the act'
-- ;
COMMENT ON COLUMN outbox.event_id IS 'the event''s id, UUIDv7; CloudEvents id'
-- ;
COMMENT ON COLUMN outbox.seq IS 'order of writing'
-- ;
COMMENT ON COLUMN outbox.xid IS 'the transaction; readers go by its watermark'
-- ;
COMMENT ON COLUMN outbox.type IS 'code of the fact, e.g. task.drafted; CloudEvents type without prefix'
-- ;
COMMENT ON COLUMN outbox.obj IS 'kind:id of the object; CloudEvents subject'
-- ;
COMMENT ON COLUMN outbox.detail IS 'the fact''s own values; no content of the object'
-- ;
COMMENT ON COLUMN outbox.at IS 'time of the act, UTC; kept 90 days'
-- ;
CREATE TABLE person (
	id UUID NOT NULL, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	invented BOOLEAN NOT NULL, 
	disabled BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sort_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(regexp_replace(name, '^.*\s', '') || ' ' || name)) STORED NOT NULL, 
	search TSVECTOR GENERATED ALWAYS AS (search_words(name)) STORED NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT ck_person_kind CHECK (kind IN ('person', 'service'))
)
-- ;
CREATE INDEX ix_person_search ON person USING gin (search)
-- ;
CREATE INDEX ix_person_sort_key ON person (sort_key, id)
-- ;
CREATE UNIQUE INDEX uq_person_code ON person (code)
-- ;
COMMENT ON TABLE person IS 'Persons and service accounts: only what naming a responsible person needs'
-- ;
COMMENT ON COLUMN person.id IS 'a person or service account; UUIDv7'
-- ;
COMMENT ON COLUMN person.code IS 'our slug for scripts, unique'
-- ;
COMMENT ON COLUMN person.kind IS 'person or service'
-- ;
COMMENT ON COLUMN person.name IS 'full name'
-- ;
COMMENT ON COLUMN person.invented IS 'an invented person of the demo'
-- ;
COMMENT ON COLUMN person.disabled IS 'no access while true'
-- ;
COMMENT ON COLUMN person.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN person.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN person.sort_key IS 'Vietnamese order of regexp_replace(name, ''^.*\s'', '''') || '' '' || name'
-- ;
COMMENT ON COLUMN person.search IS 'search words of name'
-- ;
CREATE TABLE unit (
	id UUID NOT NULL, 
	code TEXT NOT NULL, 
	official_code TEXT, 
	name TEXT NOT NULL, 
	abbreviation TEXT, 
	kind TEXT NOT NULL, 
	level TEXT NOT NULL, 
	parent_id UUID, 
	agency_id UUID, 
	founded_on DATE, 
	ended_on DATE, 
	ending TEXT, 
	basis_id UUID, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sort_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(name)) STORED NOT NULL, 
	name_folded TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_fold(name)) STORED NOT NULL, 
	search TSVECTOR GENERATED ALWAYS AS (search_words(name || ' ' || coalesce(abbreviation, '') || ' ' || code)) STORED NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY (id), 
	CONSTRAINT ck_unit_level CHECK (level IN ('centre', 'province', 'commune')), 
	CONSTRAINT ck_unit_ending CHECK (ending IN ('merged', 'split', 'dissolved')), 
	CONSTRAINT ck_unit_ended_how CHECK ((ended_on IS NULL) = (ending IS NULL)), 
	CONSTRAINT ck_unit_not_own_parent CHECK (parent_id <> id), 
	CONSTRAINT fk_unit_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_agency_id FOREIGN KEY(agency_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_unit_agency_id ON unit (agency_id)
-- ;
CREATE INDEX ix_unit_basis_id ON unit (basis_id)
-- ;
CREATE INDEX ix_unit_name_folded ON unit (name_folded)
-- ;
CREATE INDEX ix_unit_parent_id ON unit (parent_id)
-- ;
CREATE INDEX ix_unit_search ON unit USING gin (search)
-- ;
CREATE INDEX ix_unit_sort_key ON unit (sort_key, id)
-- ;
CREATE UNIQUE INDEX uq_unit_code ON unit (code)
-- ;
COMMENT ON TABLE unit IS 'Units: Party organisations, their bodies and offices, state agencies; each node of its own'
-- ;
COMMENT ON COLUMN unit.id IS 'a unit; UUIDv7'
-- ;
COMMENT ON COLUMN unit.code IS 'our slug for people and scripts, unique for all time; an opaque string'
-- ;
COMMENT ON COLUMN unit.official_code IS 'identification code given by the competent body; opaque'
-- ;
COMMENT ON COLUMN unit.name IS 'present full name'
-- ;
COMMENT ON COLUMN unit.abbreviation IS 'present abbreviation'
-- ;
COMMENT ON COLUMN unit.kind IS 'kind of unit, e.g. dang_bo_xa, cap_uy, ban_thuong_vu; see units.kinds'
-- ;
COMMENT ON COLUMN unit.level IS 'centre, province or commune; there is no district since 2025-07-01'
-- ;
COMMENT ON COLUMN unit.parent_id IS 'the unit it stands under today; none for a root'
-- ;
COMMENT ON COLUMN unit.agency_id IS 'the agency whose Party organisation this is'
-- ;
COMMENT ON COLUMN unit.founded_on IS 'first day of the unit, where known'
-- ;
COMMENT ON COLUMN unit.ended_on IS 'first day on which the unit no longer is'
-- ;
COMMENT ON COLUMN unit.ending IS 'merged, split or dissolved, once ended'
-- ;
COMMENT ON COLUMN unit.basis_id IS 'document that founded the unit'
-- ;
COMMENT ON COLUMN unit.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN unit.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN unit.sort_key IS 'Vietnamese order of name'
-- ;
COMMENT ON COLUMN unit.name_folded IS 'name without marks, lower case'
-- ;
COMMENT ON COLUMN unit.search IS 'search words of name || '' '' || coalesce(abbreviation, '''') || '' '' || code'
-- ;
CREATE TABLE unit_ancestor (
	unit_id UUID NOT NULL, 
	ancestor_id UUID NOT NULL, 
	distance INTEGER NOT NULL, 
	CONSTRAINT pk_unit_ancestor PRIMARY KEY (unit_id, ancestor_id)
)
-- ;
CREATE INDEX ix_unit_ancestor_ancestor_id ON unit_ancestor (ancestor_id, unit_id)
-- ;
COMMENT ON TABLE unit_ancestor IS 'The present tree with every step taken; kept by the database when a parent changes'
-- ;
COMMENT ON COLUMN unit_ancestor.unit_id IS 'the unit below, or the unit itself at distance 0'
-- ;
COMMENT ON COLUMN unit_ancestor.ancestor_id IS 'a unit above it today'
-- ;
COMMENT ON COLUMN unit_ancestor.distance IS 'steps up: 0 itself, 1 its parent'
-- ;
CREATE TABLE document (
	id UUID NOT NULL, 
	number TEXT, 
	series TEXT NOT NULL, 
	number_key TEXT, 
	serial INTEGER, 
	number_year SMALLINT, 
	type TEXT NOT NULL, 
	type_name TEXT NOT NULL, 
	issuer_id UUID, 
	issuer_words TEXT, 
	keeper_id UUID, 
	issued_on DATE, 
	term TEXT, 
	title TEXT NOT NULL, 
	access_class SMALLINT NOT NULL, 
	note TEXT, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sort_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(title)) STORED NOT NULL, 
	title_folded TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_fold(title)) STORED NOT NULL, 
	search TSVECTOR GENERATED ALWAYS AS (search_words(title || ' ' || coalesce(number, ''))) STORED NOT NULL, 
	number_folded TEXT COLLATE "C" GENERATED ALWAYS AS (regexp_replace(btrim(regexp_replace(vietnamese_fold(translate(normalize(number, NFKC), 'ÐðƉɖ', 'ĐđĐđ')), '[^a-z0-9]+', ' ', 'g')), '^([a-z]+ )*so (va )?(ky hieu )?(?=[0-9])', '')) STORED, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT ck_document_series CHECK (series IN ('party', 'state', 'unknown')), 
	CONSTRAINT ck_document_series_of_number CHECK (number IS NOT NULL OR series = 'unknown'), 
	CONSTRAINT ck_document_access_class CHECK (access_class BETWEEN 0 AND 2), 
	CONSTRAINT ck_document_restricted_to_somebody CHECK (access_class < 2 OR num_nonnulls(issuer_id, keeper_id) > 0), 
	CONSTRAINT ck_document_term CHECK (term ~ '^[12][0-9]{3}-[12][0-9]{3}$' AND left(term, 4) < right(term, 4)), 
	CONSTRAINT fk_document_issuer_id FOREIGN KEY(issuer_id) REFERENCES unit (id), 
	CONSTRAINT fk_document_keeper_id FOREIGN KEY(keeper_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_document_issued_on ON document (coalesce(issued_on, '-infinity'::date), id)
-- ;
CREATE INDEX ix_document_issuer_id ON document (issuer_id)
-- ;
CREATE INDEX ix_document_keeper_id ON document (keeper_id)
-- ;
CREATE INDEX ix_document_number ON document (coalesce(serial, 2147483647), coalesce(number_folded, ''), id)
-- ;
CREATE INDEX ix_document_number_prefix ON document (ltrim(number_folded, '0'))
-- ;
CREATE INDEX ix_document_search ON document USING gin (search)
-- ;
CREATE INDEX ix_document_title ON document (left(sort_key, 200), id)
-- ;
CREATE UNIQUE INDEX uq_document_party_number ON document (coalesce(issuer_id::text, vietnamese_fold(issuer_words)), type, coalesce(term, ''), number_key) WHERE series = 'party'
-- ;
CREATE UNIQUE INDEX uq_document_state_number ON document (coalesce(issuer_id::text, vietnamese_fold(issuer_words)), type, coalesce(number_year, 0), number_key) WHERE series = 'state'
-- ;
COMMENT ON TABLE document IS 'Basis documents: resolutions, conclusions, decisions, programmes, letters of the Party and the State'
-- ;
COMMENT ON COLUMN document.id IS 'a document; UUIDv7'
-- ;
COMMENT ON COLUMN document.number IS 'number and symbol, verbatim; none where unknown'
-- ;
COMMENT ON COLUMN document.series IS 'party or state numbering as read from the number; unknown where it was not read'
-- ;
COMMENT ON COLUMN document.number_key IS 'what must be unique in the series: running number without zeros, symbols'
-- ;
COMMENT ON COLUMN document.serial IS 'running number as a number, for sorting'
-- ;
COMMENT ON COLUMN document.number_year IS 'year a State number belongs to: written in it, else of issue'
-- ;
COMMENT ON COLUMN document.type IS 'symbol of the type, e.g. NQ, QĐ; does not give the type alone'
-- ;
COMMENT ON COLUMN document.type_name IS 'the type in words, e.g. Quy định'
-- ;
COMMENT ON COLUMN document.issuer_id IS 'the unit that issued it, where known here'
-- ;
COMMENT ON COLUMN document.issuer_words IS 'the issuer as printed'
-- ;
COMMENT ON COLUMN document.keeper_id IS 'the unit that keeps this record and may amend it'
-- ;
COMMENT ON COLUMN document.issued_on IS 'date of issue, where known'
-- ;
COMMENT ON COLUMN document.term IS 'term (nhiệm kỳ) by two years, e.g. 2025-2030'
-- ;
COMMENT ON COLUMN document.title IS 'subject of the document'
-- ;
COMMENT ON COLUMN document.access_class IS '0 public inside the system, 1 internal, 2 restricted; never a state secret'
-- ;
COMMENT ON COLUMN document.note IS 'note of the keeper'
-- ;
COMMENT ON COLUMN document.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN document.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN document.sort_key IS 'Vietnamese order of title'
-- ;
COMMENT ON COLUMN document.title_folded IS 'title without marks, lower case'
-- ;
COMMENT ON COLUMN document.search IS 'search words of title || '' '' || coalesce(number, '''')'
-- ;
COMMENT ON COLUMN document.number_folded IS 'number for search: letters and digits only, without marks'
-- ;
CREATE TABLE position (
	id UUID NOT NULL, 
	code TEXT NOT NULL, 
	unit_id UUID NOT NULL, 
	title TEXT NOT NULL, 
	office TEXT NOT NULL, 
	head BOOLEAN NOT NULL, 
	ordinal INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sort_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(title)) STORED NOT NULL, 
	CONSTRAINT pk_position PRIMARY KEY (id), 
	CONSTRAINT ck_position_office CHECK (office IN ('secretary', 'deputy', 'head', 'member', 'specialist', 'inspector', 'integration')), 
	CONSTRAINT fk_position_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_position_sort_key ON position (sort_key, id)
-- ;
CREATE INDEX ix_position_unit_id ON position (unit_id)
-- ;
CREATE UNIQUE INDEX uq_position_code ON position (code)
-- ;
COMMENT ON TABLE position IS 'Positions: rights hang on them, never on persons'
-- ;
COMMENT ON COLUMN position.id IS 'a position in a unit; UUIDv7'
-- ;
COMMENT ON COLUMN position.code IS 'our slug for scripts, unique'
-- ;
COMMENT ON COLUMN position.unit_id IS 'the unit the position belongs to'
-- ;
COMMENT ON COLUMN position.title IS 'title, e.g. Chánh Văn phòng'
-- ;
COMMENT ON COLUMN position.office IS 'what kind of office: secretary, deputy, head, member, specialist, inspector, integration'
-- ;
COMMENT ON COLUMN position.head IS 'whether its holder is the head (người đứng đầu) of the unit'
-- ;
COMMENT ON COLUMN position.ordinal IS 'order within the unit'
-- ;
COMMENT ON COLUMN position.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN position.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN position.sort_key IS 'Vietnamese order of title'
-- ;
CREATE TABLE task_count (
	lead_id UUID NOT NULL, 
	state TEXT NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_task_count PRIMARY KEY (lead_id, state), 
	CONSTRAINT fk_task_count_lead_id FOREIGN KEY(lead_id) REFERENCES unit (id)
)
-- ;
COMMENT ON TABLE task_count IS 'Tasks by lead unit and state; derived, kept by triggers in the same transaction'
-- ;
COMMENT ON COLUMN task_count.lead_id IS 'the lead unit'
-- ;
COMMENT ON COLUMN task_count.state IS 'task.state'
-- ;
COMMENT ON COLUMN task_count.n IS 'how many tasks the unit leads in this state'
-- ;
CREATE TABLE unit_alias (
	id UUID NOT NULL, 
	unit_id UUID NOT NULL, 
	alias TEXT NOT NULL, 
	alias_folded TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_fold(alias)) STORED NOT NULL, 
	CONSTRAINT pk_unit_alias PRIMARY KEY (id), 
	CONSTRAINT fk_unit_alias_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_unit_alias_alias_folded ON unit_alias (alias_folded)
-- ;
CREATE INDEX ix_unit_alias_unit_id ON unit_alias (unit_id)
-- ;
CREATE UNIQUE INDEX uq_unit_alias_pair ON unit_alias (unit_id, alias_folded)
-- ;
COMMENT ON TABLE unit_alias IS 'Other names under which papers mention a unit'
-- ;
COMMENT ON COLUMN unit_alias.id IS 'another name of a unit; UUIDv7'
-- ;
COMMENT ON COLUMN unit_alias.unit_id IS 'the unit'
-- ;
COMMENT ON COLUMN unit_alias.alias IS 'a name papers use for it, verbatim'
-- ;
COMMENT ON COLUMN unit_alias.alias_folded IS 'alias without marks, lower case'
-- ;
CREATE TABLE unit_period (
	id UUID NOT NULL, 
	unit_id UUID NOT NULL, 
	valid DATERANGE NOT NULL, 
	name TEXT NOT NULL, 
	abbreviation TEXT, 
	kind TEXT NOT NULL, 
	parent_id UUID, 
	basis_id UUID, 
	CONSTRAINT pk_unit_period PRIMARY KEY (id), 
	CONSTRAINT unit_periods_do_not_overlap EXCLUDE USING gist (uuidrange(unit_id, unit_id, '[]') WITH &&, valid WITH &&), 
	CONSTRAINT ck_unit_period_valid_not_empty CHECK (NOT isempty(valid)), 
	CONSTRAINT fk_unit_period_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_period_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_unit_period_basis_id ON unit_period (basis_id)
-- ;
CREATE INDEX ix_unit_period_parent_id ON unit_period (parent_id)
-- ;
CREATE INDEX ix_unit_period_unit_id ON unit_period (unit_id)
-- ;
COMMENT ON TABLE unit_period IS 'What a unit was called and where it stood, period by period; periods of one unit never overlap'
-- ;
COMMENT ON COLUMN unit_period.id IS 'one period in the life of a unit; UUIDv7'
-- ;
COMMENT ON COLUMN unit_period.unit_id IS 'the unit'
-- ;
COMMENT ON COLUMN unit_period.valid IS 'days for which name, kind and parent held: [first, next)'
-- ;
COMMENT ON COLUMN unit_period.name IS 'full name in this period'
-- ;
COMMENT ON COLUMN unit_period.abbreviation IS 'abbreviation in this period'
-- ;
COMMENT ON COLUMN unit_period.kind IS 'kind in this period'
-- ;
COMMENT ON COLUMN unit_period.parent_id IS 'parent in this period'
-- ;
COMMENT ON COLUMN unit_period.basis_id IS 'document by which the period began'
-- ;
CREATE TABLE unit_successor (
	id UUID NOT NULL, 
	unit_id UUID NOT NULL, 
	successor_id UUID NOT NULL, 
	since DATE NOT NULL, 
	CONSTRAINT pk_unit_successor PRIMARY KEY (id), 
	CONSTRAINT ck_unit_successor_not_own_successor CHECK (successor_id <> unit_id), 
	CONSTRAINT fk_unit_successor_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_successor_successor_id FOREIGN KEY(successor_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_unit_successor_successor_id ON unit_successor (successor_id)
-- ;
CREATE INDEX ix_unit_successor_unit_id ON unit_successor (unit_id)
-- ;
CREATE UNIQUE INDEX uq_unit_successor_pair ON unit_successor (unit_id, successor_id)
-- ;
COMMENT ON TABLE unit_successor IS 'Which unit carries on after a merger or split'
-- ;
COMMENT ON COLUMN unit_successor.id IS 'one succession; UUIDv7'
-- ;
COMMENT ON COLUMN unit_successor.unit_id IS 'the unit that ended'
-- ;
COMMENT ON COLUMN unit_successor.successor_id IS 'a unit that carries on its work'
-- ;
COMMENT ON COLUMN unit_successor.since IS 'first day of the succession'
-- ;
CREATE TABLE calendar_day (
	id UUID NOT NULL, 
	day DATE NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	source TEXT NOT NULL, 
	confidence TEXT NOT NULL, 
	basis_id UUID, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_calendar_day PRIMARY KEY (id), 
	CONSTRAINT ck_calendar_day_kind CHECK (kind IN ('statutory', 'compensatory', 'swapped_off', 'working_weekend', 'statutory_pending')), 
	CONSTRAINT ck_calendar_day_confidence CHECK (confidence IN ('high', 'medium', 'low', 'unconfirmed')), 
	CONSTRAINT fk_calendar_day_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_calendar_day_basis_id ON calendar_day (basis_id)
-- ;
CREATE UNIQUE INDEX uq_calendar_day_day ON calendar_day (day)
-- ;
COMMENT ON TABLE calendar_day IS 'Days off and worked weekend days; any other day is worked from Monday to Friday'
-- ;
COMMENT ON COLUMN calendar_day.id IS 'one day of the calendar; UUIDv7'
-- ;
COMMENT ON COLUMN calendar_day.day IS 'the day, in Hanoi'
-- ;
COMMENT ON COLUMN calendar_day.kind IS 'statutory, compensatory, swapped_off, working_weekend or statutory_pending (worked until enacted)'
-- ;
COMMENT ON COLUMN calendar_day.name IS 'what the day is'
-- ;
COMMENT ON COLUMN calendar_day.source IS 'document or publication it rests on'
-- ;
COMMENT ON COLUMN calendar_day.confidence IS 'high, medium, low or unconfirmed'
-- ;
COMMENT ON COLUMN calendar_day.basis_id IS 'basis document, where it is recorded'
-- ;
COMMENT ON COLUMN calendar_day.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN calendar_day.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE clause (
	id UUID NOT NULL, 
	document_id UUID NOT NULL, 
	parent_id UUID, 
	label TEXT NOT NULL, 
	text TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_clause PRIMARY KEY (id), 
	CONSTRAINT fk_clause_document_id_parent_id FOREIGN KEY(document_id, parent_id) REFERENCES clause (document_id, id), 
	CONSTRAINT uq_clause_document_id UNIQUE (document_id, id), 
	CONSTRAINT ck_clause_not_under_itself CHECK (parent_id <> id), 
	CONSTRAINT ck_clause_ordinal CHECK (ordinal > 0), 
	CONSTRAINT fk_clause_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_clause_document_id_parent_id ON clause (document_id, parent_id)
-- ;
CREATE UNIQUE INDEX uq_clause_label ON clause (document_id, label)
-- ;
CREATE UNIQUE INDEX uq_clause_ordinal ON clause (document_id, ordinal)
-- ;
COMMENT ON TABLE clause IS 'Clauses of documents: what tasks answer and acts cite'
-- ;
COMMENT ON COLUMN clause.id IS 'a clause; UUIDv7'
-- ;
COMMENT ON COLUMN clause.document_id IS 'the document'
-- ;
COMMENT ON COLUMN clause.parent_id IS 'the clause it stands under, in the same document'
-- ;
COMMENT ON COLUMN clause.label IS 'number of the clause as the document gives it, e.g. II.1, Điều 3'
-- ;
COMMENT ON COLUMN clause.text IS 'wording of the clause'
-- ;
COMMENT ON COLUMN clause.ordinal IS 'place in the document, from 1'
-- ;
CREATE TABLE holding (
	id UUID NOT NULL, 
	position_id UUID NOT NULL, 
	person_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	valid DATERANGE NOT NULL, 
	basis_id UUID, 
	shared BOOLEAN NOT NULL, 
	CONSTRAINT pk_holding PRIMARY KEY (id), 
	CONSTRAINT ck_holding_kind CHECK (kind IN ('substantive', 'acting')), 
	CONSTRAINT ck_holding_valid_not_empty CHECK (NOT isempty(valid)), 
	CONSTRAINT holdings_do_not_overlap EXCLUDE USING gist (uuidrange(position_id, position_id, '[]') WITH &&, valid WITH &&) WHERE (kind = 'substantive' AND NOT shared), 
	CONSTRAINT fk_holding_position_id FOREIGN KEY(position_id) REFERENCES position (id), 
	CONSTRAINT fk_holding_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_holding_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_holding_basis_id ON holding (basis_id)
-- ;
CREATE INDEX ix_holding_person_id ON holding (person_id)
-- ;
CREATE INDEX ix_holding_position_id ON holding (position_id)
-- ;
COMMENT ON TABLE holding IS 'Who held which position when; a position of one holder has at most one substantive holder a day'
-- ;
COMMENT ON COLUMN holding.id IS 'one holding; UUIDv7'
-- ;
COMMENT ON COLUMN holding.position_id IS 'the position held'
-- ;
COMMENT ON COLUMN holding.person_id IS 'who holds it'
-- ;
COMMENT ON COLUMN holding.kind IS 'substantive (giữ chức) or acting (quyền)'
-- ;
COMMENT ON COLUMN holding.valid IS 'days of the holding: [first, next)'
-- ;
COMMENT ON COLUMN holding.basis_id IS 'document of the appointment'
-- ;
COMMENT ON COLUMN holding.shared IS 'the position has many holders at once, e.g. member, specialist'
-- ;
CREATE TABLE programme (
	id UUID NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	owner_id UUID NOT NULL, 
	document_id UUID, 
	term TEXT, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	rule_pack TEXT NOT NULL, 
	state TEXT NOT NULL, 
	issued_on DATE, 
	moves_off_rest_days BOOLEAN NOT NULL, 
	note TEXT, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sort_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(title)) STORED NOT NULL, 
	title_folded TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_fold(title)) STORED NOT NULL, 
	search TSVECTOR GENERATED ALWAYS AS (search_words(title || ' ' || code)) STORED NOT NULL, 
	CONSTRAINT pk_programme PRIMARY KEY (id), 
	CONSTRAINT ck_programme_kind CHECK (kind IN ('programme_of_action', 'work_programme', 'plan')), 
	CONSTRAINT ck_programme_rule_pack CHECK (rule_pack IN ('six-ro', 'seven-ro')), 
	CONSTRAINT ck_programme_state CHECK (state IN ('draft', 'issued')), 
	CONSTRAINT ck_programme_issued_when CHECK ((state = 'issued') = (issued_on IS NOT NULL)), 
	CONSTRAINT ck_programme_period CHECK (ends_on >= starts_on), 
	CONSTRAINT ck_programme_term CHECK (term ~ '^[12][0-9]{3}-[12][0-9]{3}$' AND left(term, 4) < right(term, 4)), 
	CONSTRAINT fk_programme_owner_id FOREIGN KEY(owner_id) REFERENCES unit (id), 
	CONSTRAINT fk_programme_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_programme_document_id ON programme (document_id)
-- ;
CREATE INDEX ix_programme_owner_id ON programme (owner_id)
-- ;
CREATE INDEX ix_programme_search ON programme USING gin (search)
-- ;
CREATE INDEX ix_programme_starts_on ON programme (starts_on, id)
-- ;
CREATE INDEX ix_programme_title ON programme (left(sort_key, 200), id)
-- ;
CREATE UNIQUE INDEX uq_programme_code ON programme (code)
-- ;
COMMENT ON TABLE programme IS 'Programmes of action, work programmes, plans: drafts and issued ones'
-- ;
COMMENT ON COLUMN programme.id IS 'a programme; UUIDv7'
-- ;
COMMENT ON COLUMN programme.code IS 'our slug, unique for all time; an opaque string'
-- ;
COMMENT ON COLUMN programme.title IS 'title'
-- ;
COMMENT ON COLUMN programme.kind IS 'programme_of_action, work_programme or plan'
-- ;
COMMENT ON COLUMN programme.owner_id IS 'the unit that answers for it'
-- ;
COMMENT ON COLUMN programme.document_id IS 'the document that carries it'
-- ;
COMMENT ON COLUMN programme.term IS 'term (nhiệm kỳ) by two years, e.g. 2025-2030'
-- ;
COMMENT ON COLUMN programme.starts_on IS 'first day'
-- ;
COMMENT ON COLUMN programme.ends_on IS 'last day, where it sets one'
-- ;
COMMENT ON COLUMN programme.rule_pack IS 'rules by which its tasks are clear: six-ro or seven-ro'
-- ;
COMMENT ON COLUMN programme.state IS 'draft or issued'
-- ;
COMMENT ON COLUMN programme.issued_on IS 'date of issue, once issued'
-- ;
COMMENT ON COLUMN programme.moves_off_rest_days IS 'whether a fixed date on a rest day moves to the next working day'
-- ;
COMMENT ON COLUMN programme.note IS 'note of the owner'
-- ;
COMMENT ON COLUMN programme.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN programme.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN programme.sort_key IS 'Vietnamese order of title'
-- ;
COMMENT ON COLUMN programme.title_folded IS 'title without marks, lower case'
-- ;
COMMENT ON COLUMN programme.search IS 'search words of title || '' '' || code'
-- ;
CREATE TABLE annex_import (
	id UUID NOT NULL, 
	programme_id UUID NOT NULL, 
	owner_id UUID NOT NULL, 
	importer_id UUID NOT NULL, 
	file_name TEXT NOT NULL, 
	digest BYTEA NOT NULL, 
	state TEXT NOT NULL, 
	counts JSONB NOT NULL, 
	plan JSONB NOT NULL, 
	mapping JSONB, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_annex_import PRIMARY KEY (id), 
	CONSTRAINT ck_annex_import_state CHECK (state IN ('carried_out', 'withdrawn')), 
	CONSTRAINT ck_annex_import_digest CHECK (length(digest) = 32), 
	CONSTRAINT fk_annex_import_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_annex_import_owner_id FOREIGN KEY(owner_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_annex_import_created_at ON annex_import (created_at, id)
-- ;
CREATE INDEX ix_annex_import_importer_id ON annex_import (importer_id)
-- ;
CREATE INDEX ix_annex_import_owner_id ON annex_import (owner_id)
-- ;
CREATE INDEX ix_annex_import_programme_id ON annex_import (programme_id)
-- ;
COMMENT ON TABLE annex_import IS 'Imports of annexes: the plan that was carried out, row by row'
-- ;
COMMENT ON COLUMN annex_import.id IS 'one import of a file; UUIDv7'
-- ;
COMMENT ON COLUMN annex_import.programme_id IS 'the programme it went into'
-- ;
COMMENT ON COLUMN annex_import.owner_id IS 'the programme''s owner: whose branch sees the import'
-- ;
COMMENT ON COLUMN annex_import.importer_id IS 'who imported: a person, a service account or the operator'
-- ;
COMMENT ON COLUMN annex_import.file_name IS 'name of the file as sent; empty where none was'
-- ;
COMMENT ON COLUMN annex_import.digest IS 'SHA-256 of the file''s bytes; the file itself is not kept'
-- ;
COMMENT ON COLUMN annex_import.state IS 'carried_out or withdrawn'
-- ;
COMMENT ON COLUMN annex_import.counts IS 'rows by kind and what was done with them'
-- ;
COMMENT ON COLUMN annex_import.plan IS 'each row: number, what was done, differences, readings, notes'
-- ;
COMMENT ON COLUMN annex_import.mapping IS 'the explicit mapping of columns, where one was given'
-- ;
COMMENT ON COLUMN annex_import.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN annex_import.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE content_group (
	id UUID NOT NULL, 
	programme_id UUID NOT NULL, 
	parent_id UUID, 
	annex TEXT NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_content_group PRIMARY KEY (id), 
	CONSTRAINT fk_content_group_programme_id_parent_id FOREIGN KEY(programme_id, parent_id) REFERENCES content_group (programme_id, id), 
	CONSTRAINT uq_content_group_place UNIQUE (programme_id, annex, ordinal) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_content_group_programme_id UNIQUE (programme_id, id), 
	CONSTRAINT ck_content_group_kind CHECK (kind IN ('tasks', 'indicators', 'both')), 
	CONSTRAINT ck_content_group_ordinal CHECK (ordinal > 0), 
	CONSTRAINT ck_content_group_named CHECK (code <> '' OR title <> ''), 
	CONSTRAINT ck_content_group_not_under_itself CHECK (parent_id <> id), 
	CONSTRAINT fk_content_group_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id)
)
-- ;
CREATE INDEX ix_content_group_programme_id_parent_id ON content_group (programme_id, parent_id)
-- ;
COMMENT ON TABLE content_group IS 'Content groups (nhóm nội dung) of programmes as their annexes print them'
-- ;
COMMENT ON COLUMN content_group.id IS 'a content group; UUIDv7'
-- ;
COMMENT ON COLUMN content_group.programme_id IS 'the programme'
-- ;
COMMENT ON COLUMN content_group.parent_id IS 'the group it stands under, in the same programme'
-- ;
COMMENT ON COLUMN content_group.annex IS 'annex as printed, e.g. Phụ lục II; empty for none'
-- ;
COMMENT ON COLUMN content_group.code IS 'number as printed, e.g. I; may repeat or be empty'
-- ;
COMMENT ON COLUMN content_group.title IS 'title as printed'
-- ;
COMMENT ON COLUMN content_group.kind IS 'what it holds: tasks, indicators or both'
-- ;
COMMENT ON COLUMN content_group.ordinal IS 'place in the annex, from 1'
-- ;
CREATE TABLE programme_addressee (
	programme_id UUID NOT NULL, 
	unit_id UUID NOT NULL, 
	CONSTRAINT pk_programme_addressee PRIMARY KEY (programme_id, unit_id), 
	CONSTRAINT fk_programme_addressee_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_programme_addressee_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_programme_addressee_unit_id ON programme_addressee (unit_id)
-- ;
COMMENT ON TABLE programme_addressee IS 'Units a programme addresses: an issued programme is seen by them and by the units below them'
-- ;
COMMENT ON COLUMN programme_addressee.programme_id IS 'the programme'
-- ;
COMMENT ON COLUMN programme_addressee.unit_id IS 'a unit it addresses, with all units below it'
-- ;
CREATE TABLE programme_parent (
	id UUID NOT NULL, 
	programme_id UUID NOT NULL, 
	document_id UUID, 
	parent_programme_id UUID, 
	CONSTRAINT pk_programme_parent PRIMARY KEY (id), 
	CONSTRAINT ck_programme_parent_one CHECK (num_nonnulls(document_id, parent_programme_id) = 1), 
	CONSTRAINT ck_programme_parent_not_itself CHECK (parent_programme_id <> programme_id), 
	CONSTRAINT fk_programme_parent_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_programme_parent_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_programme_parent_parent_programme_id FOREIGN KEY(parent_programme_id) REFERENCES programme (id)
)
-- ;
CREATE INDEX ix_programme_parent_document_id ON programme_parent (document_id)
-- ;
CREATE INDEX ix_programme_parent_parent_programme_id ON programme_parent (parent_programme_id)
-- ;
CREATE UNIQUE INDEX uq_programme_parent_document ON programme_parent (programme_id, document_id)
-- ;
CREATE UNIQUE INDEX uq_programme_parent_programme ON programme_parent (programme_id, parent_programme_id)
-- ;
COMMENT ON TABLE programme_parent IS 'What a programme makes concrete: documents and programmes, several of them'
-- ;
COMMENT ON COLUMN programme_parent.id IS 'one parent of a programme; UUIDv7'
-- ;
COMMENT ON COLUMN programme_parent.programme_id IS 'the programme'
-- ;
COMMENT ON COLUMN programme_parent.document_id IS 'a document it makes concrete'
-- ;
COMMENT ON COLUMN programme_parent.parent_programme_id IS 'a programme it makes concrete'
-- ;
CREATE TABLE programme_scope (
	programme_id UUID NOT NULL, 
	ancestor_id UUID NOT NULL, 
	open BOOLEAN NOT NULL, 
	starts_on DATE NOT NULL, 
	CONSTRAINT pk_programme_scope PRIMARY KEY (programme_id, ancestor_id), 
	CONSTRAINT fk_programme_scope_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_programme_scope_ancestor_id FOREIGN KEY(ancestor_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_programme_scope_ancestor_id ON programme_scope (ancestor_id, open, starts_on, programme_id)
-- ;
COMMENT ON TABLE programme_scope IS 'Derived: programmes of a unit and of all units below it, one row for each unit above the owner'
-- ;
COMMENT ON COLUMN programme_scope.programme_id IS 'the programme'
-- ;
COMMENT ON COLUMN programme_scope.ancestor_id IS 'its owner or a unit above the owner today'
-- ;
COMMENT ON COLUMN programme_scope.open IS 'whether the programme still runs'
-- ;
COMMENT ON COLUMN programme_scope.starts_on IS 'first day of the programme'
-- ;
CREATE TABLE import_row (
	id UUID NOT NULL, 
	import_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	object_id UUID NOT NULL, 
	action TEXT NOT NULL, 
	version_after INTEGER NOT NULL, 
	before JSONB, 
	CONSTRAINT pk_import_row PRIMARY KEY (id), 
	CONSTRAINT ck_import_row_kind CHECK (kind IN ('task', 'indicator')), 
	CONSTRAINT ck_import_row_action CHECK (action IN ('created', 'updated')), 
	CONSTRAINT fk_import_row_import_id FOREIGN KEY(import_id) REFERENCES annex_import (id)
)
-- ;
CREATE INDEX ix_import_row_import_id ON import_row (import_id)
-- ;
CREATE INDEX ix_import_row_object_id ON import_row (object_id)
-- ;
COMMENT ON TABLE import_row IS 'Objects an import made or changed, so that it can be withdrawn as one act'
-- ;
COMMENT ON COLUMN import_row.id IS 'what an import did to one object; UUIDv7'
-- ;
COMMENT ON COLUMN import_row.import_id IS 'the import'
-- ;
COMMENT ON COLUMN import_row.kind IS 'task or indicator'
-- ;
COMMENT ON COLUMN import_row.object_id IS 'the task or indicator'
-- ;
COMMENT ON COLUMN import_row.action IS 'created or updated'
-- ;
COMMENT ON COLUMN import_row.version_after IS 'the object''s version when the import was done: higher means touched since'
-- ;
COMMENT ON COLUMN import_row.before IS 'values the import replaced, by field; null for a created object'
-- ;
CREATE TABLE indicator (
	id UUID NOT NULL, 
	programme_id UUID NOT NULL, 
	group_id UUID, 
	parent_id UUID, 
	annex TEXT NOT NULL, 
	annex_key TEXT COLLATE "C" NOT NULL, 
	number TEXT NOT NULL, 
	number_key TEXT COLLATE "C" NOT NULL, 
	ordinal INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	unit_words TEXT, 
	lead_id UUID, 
	lead_words TEXT, 
	source_words TEXT, 
	definition TEXT, 
	rollup TEXT NOT NULL, 
	share NUMERIC, 
	note TEXT, 
	source JSONB, 
	withdrawn_on DATE, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sort_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(title)) STORED NOT NULL, 
	title_folded TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_fold(title)) STORED NOT NULL, 
	search TSVECTOR GENERATED ALWAYS AS (search_words(title)) STORED NOT NULL, 
	CONSTRAINT pk_indicator PRIMARY KEY (id), 
	CONSTRAINT ck_indicator_rollup CHECK (rollup IN ('none', 'sum', 'average', 'weighted', 'latest')), 
	CONSTRAINT ck_indicator_share CHECK (share BETWEEN 0 AND 1), 
	CONSTRAINT ck_indicator_ordinal CHECK (ordinal >= 1), 
	CONSTRAINT ck_indicator_not_own_parent CHECK (parent_id <> id), 
	CONSTRAINT fk_indicator_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_indicator_group_id FOREIGN KEY(group_id) REFERENCES content_group (id), 
	CONSTRAINT fk_indicator_parent_id FOREIGN KEY(parent_id) REFERENCES indicator (id), 
	CONSTRAINT fk_indicator_lead_id FOREIGN KEY(lead_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_indicator_group_id ON indicator (group_id)
-- ;
CREATE INDEX ix_indicator_lead_id ON indicator (lead_id)
-- ;
CREATE INDEX ix_indicator_order ON indicator (annex_key, number_key, id)
-- ;
CREATE INDEX ix_indicator_parent_id ON indicator (parent_id)
-- ;
CREATE INDEX ix_indicator_programme_order ON indicator (programme_id, annex_key, number_key, id)
-- ;
CREATE INDEX ix_indicator_search ON indicator USING gin (search)
-- ;
CREATE INDEX ix_indicator_title ON indicator (left(sort_key, 200), id)
-- ;
CREATE UNIQUE INDEX uq_indicator_number ON indicator (programme_id, annex, number_key, ordinal) WHERE withdrawn_on IS NULL
-- ;
COMMENT ON TABLE indicator IS 'Indicators: what a programme is measured by, as printed in its annex'
-- ;
COMMENT ON COLUMN indicator.id IS 'an indicator; UUIDv7'
-- ;
COMMENT ON COLUMN indicator.programme_id IS 'the programme it belongs to'
-- ;
COMMENT ON COLUMN indicator.group_id IS 'the content group it stands in'
-- ;
COMMENT ON COLUMN indicator.parent_id IS 'the indicator it is a part of: 11 for 11.1'
-- ;
COMMENT ON COLUMN indicator.annex IS 'annex of the programme it is printed in; empty where there is but one'
-- ;
COMMENT ON COLUMN indicator.annex_key IS 'the annex in natural order'
-- ;
COMMENT ON COLUMN indicator.number IS 'number as printed in the annex; empty where the line has none'
-- ;
COMMENT ON COLUMN indicator.number_key IS 'the number in natural order: 2 before 11, 11.2 before 11.10'
-- ;
COMMENT ON COLUMN indicator.ordinal IS 'which of the lines of this number in the annex, from 1'
-- ;
COMMENT ON COLUMN indicator.title IS 'what is measured, verbatim'
-- ;
COMMENT ON COLUMN indicator.unit_words IS 'unit of measure, verbatim'
-- ;
COMMENT ON COLUMN indicator.lead_id IS 'the unit that follows and measures it'
-- ;
COMMENT ON COLUMN indicator.lead_words IS 'the lead as printed, verbatim'
-- ;
COMMENT ON COLUMN indicator.source_words IS 'where its figures come from, verbatim'
-- ;
COMMENT ON COLUMN indicator.definition IS 'how it is measured'
-- ;
COMMENT ON COLUMN indicator.rollup IS 'how its figure follows from its parts: none, sum, average, weighted, latest'
-- ;
COMMENT ON COLUMN indicator.share IS 'weight within its parent, 0–1; the shares of all parts sum to 1'
-- ;
COMMENT ON COLUMN indicator.note IS 'a remark'
-- ;
COMMENT ON COLUMN indicator.source IS 'where it was imported from: import_id, digest, sheet, first_row, last_row'
-- ;
COMMENT ON COLUMN indicator.withdrawn_on IS 'first day on which it no longer counts'
-- ;
COMMENT ON COLUMN indicator.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN indicator.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN indicator.sort_key IS 'Vietnamese order of title'
-- ;
COMMENT ON COLUMN indicator.title_folded IS 'title without marks, lower case'
-- ;
COMMENT ON COLUMN indicator.search IS 'search words of title'
-- ;
CREATE TABLE task (
	id UUID NOT NULL, 
	programme_id UUID NOT NULL, 
	group_id UUID, 
	annex TEXT NOT NULL, 
	annex_key TEXT COLLATE "C" NOT NULL, 
	number TEXT NOT NULL, 
	number_key TEXT COLLATE "C" NOT NULL, 
	ordinal INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	state TEXT NOT NULL, 
	open BOOLEAN GENERATED ALWAYS AS (state NOT IN ('closed', 'cancelled', 'superseded')) STORED NOT NULL, 
	unplanned BOOLEAN NOT NULL, 
	owner_id UUID NOT NULL, 
	lead_id UUID, 
	lead_kind TEXT NOT NULL, 
	lead_words TEXT NOT NULL, 
	coordinating_words TEXT NOT NULL, 
	responsible_person_id UUID, 
	responsible_position_id UUID, 
	competence_body_id UUID, 
	competence_words TEXT NOT NULL, 
	competence_level TEXT, 
	submitted_to_id UUID, 
	issuing_words TEXT NOT NULL, 
	starts_on DATE, 
	deadline_words TEXT NOT NULL, 
	deadline_kind TEXT NOT NULL, 
	due_on DATE, 
	due_sort DATE GENERATED ALWAYS AS (coalesce(due_on, 'infinity')) STORED NOT NULL, 
	deadline JSONB NOT NULL, 
	first_deadline JSONB, 
	report_every TEXT, 
	submit_deadline_words TEXT NOT NULL, 
	submit_due_on DATE, 
	accepted_on DATE, 
	result_words TEXT NOT NULL, 
	money_need TEXT NOT NULL, 
	money_amount BIGINT, 
	money_words TEXT NOT NULL, 
	people_need TEXT NOT NULL, 
	people_days INTEGER, 
	people_words TEXT NOT NULL, 
	facilities_need TEXT NOT NULL, 
	facilities_words TEXT NOT NULL, 
	clarity_pack TEXT NOT NULL, 
	clarity JSONB NOT NULL, 
	clear BOOLEAN NOT NULL, 
	note TEXT NOT NULL, 
	source JSONB, 
	withdrawn_on DATE, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	title_key TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_sort_key(left(title, 120))) STORED NOT NULL, 
	title_folded TEXT COLLATE "C" GENERATED ALWAYS AS (vietnamese_fold(title)) STORED NOT NULL, 
	search TSVECTOR GENERATED ALWAYS AS (search_words(title)) STORED NOT NULL, 
	CONSTRAINT pk_task PRIMARY KEY (id), 
	CONSTRAINT ck_task_state CHECK (state IN ('draft', 'proposed', 'issued', 'acknowledged', 'in_progress', 'reported', 'accepted', 'closed', 'returned', 'paused', 'cancelled', 'superseded')), 
	CONSTRAINT ck_task_kind CHECK (kind IN ('scheme', 'task')), 
	CONSTRAINT ck_task_lead_kind CHECK (lead_kind IN ('single', 'collective', 'several', 'none')), 
	CONSTRAINT ck_task_deadline_kind CHECK (deadline_kind IN ('day', 'month', 'quarter', 'half_year', 'year', 'range', 'ongoing', 'recurring', 'conditional', 'open_ended', 'period', 'missing', 'unread')), 
	CONSTRAINT ck_task_competence_level CHECK (competence_level IN ('decides', 'submits')), 
	CONSTRAINT ck_task_report_every CHECK (report_every IN ('yearly', 'half_yearly', 'quarterly', 'monthly', 'weekly')), 
	CONSTRAINT ck_task_money_need CHECK (money_need IN ('some', 'none', 'unstated')), 
	CONSTRAINT ck_task_people_need CHECK (people_need IN ('some', 'none', 'unstated')), 
	CONSTRAINT ck_task_facilities_need CHECK (facilities_need IN ('some', 'none', 'unstated')), 
	CONSTRAINT ck_task_one_lead_once_issued CHECK (lead_id IS NOT NULL OR (first_deadline IS NULL AND state IN ('draft', 'proposed', 'returned', 'cancelled'))), 
	CONSTRAINT ck_task_one_responsible CHECK (num_nonnulls(responsible_person_id, responsible_position_id) <= 1), 
	CONSTRAINT ck_task_money_amount CHECK (money_amount IS NULL OR (money_amount >= 0 AND money_need = 'some')), 
	CONSTRAINT ck_task_people_days CHECK (people_days IS NULL OR (people_days >= 0 AND people_need = 'some')), 
	CONSTRAINT ck_task_ordinal CHECK (ordinal >= 1), 
	CONSTRAINT ck_task_withdrawn_before_issue CHECK (withdrawn_on IS NULL OR first_deadline IS NULL), 
	CONSTRAINT fk_task_programme_id_group_id FOREIGN KEY(programme_id, group_id) REFERENCES content_group (programme_id, id), 
	CONSTRAINT fk_task_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_task_owner_id FOREIGN KEY(owner_id) REFERENCES unit (id), 
	CONSTRAINT fk_task_lead_id FOREIGN KEY(lead_id) REFERENCES unit (id), 
	CONSTRAINT fk_task_responsible_person_id FOREIGN KEY(responsible_person_id) REFERENCES person (id), 
	CONSTRAINT fk_task_responsible_position_id FOREIGN KEY(responsible_position_id) REFERENCES position (id), 
	CONSTRAINT fk_task_competence_body_id FOREIGN KEY(competence_body_id) REFERENCES unit (id), 
	CONSTRAINT fk_task_submitted_to_id FOREIGN KEY(submitted_to_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_task_competence_body_id ON task (competence_body_id)
-- ;
CREATE INDEX ix_task_lead_id ON task (lead_id)
-- ;
CREATE INDEX ix_task_owner_id ON task (owner_id)
-- ;
CREATE INDEX ix_task_programme_due ON task (programme_id, due_sort, id)
-- ;
CREATE INDEX ix_task_programme_id_group_id ON task (programme_id, group_id)
-- ;
CREATE INDEX ix_task_programme_number ON task (programme_id, annex_key, number_key, id)
-- ;
CREATE INDEX ix_task_responsible_person_id ON task (responsible_person_id)
-- ;
CREATE INDEX ix_task_responsible_position_id ON task (responsible_position_id)
-- ;
CREATE INDEX ix_task_search ON task USING gin (search)
-- ;
CREATE INDEX ix_task_submitted_to_id ON task (submitted_to_id)
-- ;
CREATE INDEX ix_task_title ON task (title_key, id)
-- ;
CREATE UNIQUE INDEX uq_task_number ON task (programme_id, annex_key, number_key, ordinal) WHERE withdrawn_on IS NULL AND number_key <> ''
-- ;
COMMENT ON TABLE task IS 'Schemes and tasks of programmes, with all that the seven rõ need; nothing is ever deleted'
-- ;
COMMENT ON COLUMN task.id IS 'a scheme or task; UUIDv7'
-- ;
COMMENT ON COLUMN task.programme_id IS 'the programme it belongs to'
-- ;
COMMENT ON COLUMN task.group_id IS 'the content group of the same programme it stands in'
-- ;
COMMENT ON COLUMN task.annex IS 'annex of the programme it is printed in, e.g. Phụ lục II; empty for the main list'
-- ;
COMMENT ON COLUMN task.annex_key IS 'the annex in natural order'
-- ;
COMMENT ON COLUMN task.number IS 'number as printed, e.g. 1. or II.3; empty where the row has none'
-- ;
COMMENT ON COLUMN task.number_key IS 'the number in natural order: 2 before 11, II before X'
-- ;
COMMENT ON COLUMN task.ordinal IS 'which of the rows of this number in the annex, from 1'
-- ;
COMMENT ON COLUMN task.kind IS 'scheme (đề án) or task (nhiệm vụ)'
-- ;
COMMENT ON COLUMN task.title IS 'what is to be done, verbatim'
-- ;
COMMENT ON COLUMN task.description IS 'the work described; empty where it is not'
-- ;
COMMENT ON COLUMN task.state IS 'where it stands: draft, proposed, issued, …; see tasks.workflow'
-- ;
COMMENT ON COLUMN task.open IS 'whether something is still owed'
-- ;
COMMENT ON COLUMN task.unplanned IS 'đột xuất: came by the fast lane; stays marked for ever'
-- ;
COMMENT ON COLUMN task.owner_id IS 'the unit that owns its programme: whose branch decides about it'
-- ;
COMMENT ON COLUMN task.lead_id IS 'the one lead unit; none while the words are not settled'
-- ;
COMMENT ON COLUMN task.lead_kind IS 'what the words of the lead say: single, collective, several or none'
-- ;
COMMENT ON COLUMN task.lead_words IS 'the lead as printed, verbatim'
-- ;
COMMENT ON COLUMN task.coordinating_words IS 'the coordinating units as printed, verbatim'
-- ;
COMMENT ON COLUMN task.responsible_person_id IS 'who answers for it, where a person is named'
-- ;
COMMENT ON COLUMN task.responsible_position_id IS 'who answers for it, where a post is named'
-- ;
COMMENT ON COLUMN task.competence_body_id IS 'the body competent to decide'
-- ;
COMMENT ON COLUMN task.competence_words IS 'the competent body as printed, verbatim'
-- ;
COMMENT ON COLUMN task.competence_level IS 'decides or submits; none where it is not said'
-- ;
COMMENT ON COLUMN task.submitted_to_id IS 'the body its product is submitted to'
-- ;
COMMENT ON COLUMN task.issuing_words IS 'who issues its product, and in what form, verbatim'
-- ;
COMMENT ON COLUMN task.starts_on IS 'first day; given, or read from the words of the deadline'
-- ;
COMMENT ON COLUMN task.deadline_words IS 'the deadline as printed, verbatim'
-- ;
COMMENT ON COLUMN task.deadline_kind IS 'how the words name the deadline; missing and ongoing are two things'
-- ;
COMMENT ON COLUMN task.due_on IS 'last permitted day; none for what has no day'
-- ;
COMMENT ON COLUMN task.due_sort IS 'due_on, or infinity: the order of lists'
-- ;
COMMENT ON COLUMN task.deadline IS 'the whole reading of the words'
-- ;
COMMENT ON COLUMN task.first_deadline IS 'words and due_on as first issued; never changes once set'
-- ;
COMMENT ON COLUMN task.report_every IS 'how often an ongoing task is reported'
-- ;
COMMENT ON COLUMN task.submit_deadline_words IS 'when its product is to be submitted, verbatim'
-- ;
COMMENT ON COLUMN task.submit_due_on IS 'last permitted day of submitting'
-- ;
COMMENT ON COLUMN task.accepted_on IS 'day its result was accepted'
-- ;
COMMENT ON COLUMN task.result_words IS 'the result as printed, verbatim'
-- ;
COMMENT ON COLUMN task.money_need IS 'some, none (said outright) or unstated'
-- ;
COMMENT ON COLUMN task.money_amount IS 'funds needed, đồng'
-- ;
COMMENT ON COLUMN task.money_words IS 'funds, verbatim'
-- ;
COMMENT ON COLUMN task.people_need IS 'some, none (said outright) or unstated'
-- ;
COMMENT ON COLUMN task.people_days IS 'people needed, working days of one person'
-- ;
COMMENT ON COLUMN task.people_words IS 'people, verbatim'
-- ;
COMMENT ON COLUMN task.facilities_need IS 'some, none (said outright) or unstated'
-- ;
COMMENT ON COLUMN task.facilities_words IS 'facilities, verbatim'
-- ;
COMMENT ON COLUMN task.clarity_pack IS 'id of the rule pack the verdicts follow'
-- ;
COMMENT ON COLUMN task.clarity IS 'the seven verdicts of this version: [{ro, verdict, failures, reason}]'
-- ;
COMMENT ON COLUMN task.clear IS 'whether none of the seven is unclear'
-- ;
COMMENT ON COLUMN task.note IS 'a remark; empty for none'
-- ;
COMMENT ON COLUMN task.source IS 'where it was imported from: import_id, digest, sheet, first_row, last_row'
-- ;
COMMENT ON COLUMN task.withdrawn_on IS 'day its draft was withdrawn; its number is free again'
-- ;
COMMENT ON COLUMN task.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN task.created_at IS 'when it was recorded, UTC'
-- ;
COMMENT ON COLUMN task.title_key IS 'Vietnamese order of left(title, 120)'
-- ;
COMMENT ON COLUMN task.title_folded IS 'title without marks, lower case'
-- ;
COMMENT ON COLUMN task.search IS 'search words of title'
-- ;
CREATE TABLE deliverable (
	id UUID NOT NULL, 
	task_id UUID NOT NULL, 
	title TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	quantity NUMERIC(20, 6), 
	unit_words TEXT NOT NULL, 
	confirmer_id UUID, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_deliverable PRIMARY KEY (id), 
	CONSTRAINT ck_deliverable_quantity CHECK (quantity >= 0 AND quantity <> 'NaN'), 
	CONSTRAINT fk_deliverable_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT fk_deliverable_confirmer_id FOREIGN KEY(confirmer_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_deliverable_confirmer_id ON deliverable (confirmer_id)
-- ;
CREATE INDEX ix_deliverable_task_id ON deliverable (task_id)
-- ;
COMMENT ON TABLE deliverable IS 'Deliverables (sản phẩm) of a task, each with its measure and confirmer'
-- ;
COMMENT ON COLUMN deliverable.id IS 'one deliverable of a task; UUIDv7'
-- ;
COMMENT ON COLUMN deliverable.task_id IS 'the task'
-- ;
COMMENT ON COLUMN deliverable.title IS 'the product'
-- ;
COMMENT ON COLUMN deliverable.measure IS 'what is measured or counted; empty where nobody said'
-- ;
COMMENT ON COLUMN deliverable.quantity IS 'how much of it, in the unit of measure'
-- ;
COMMENT ON COLUMN deliverable.unit_words IS 'unit of measure, verbatim'
-- ;
COMMENT ON COLUMN deliverable.confirmer_id IS 'the unit that confirms it'
-- ;
COMMENT ON COLUMN deliverable.ordinal IS 'order within the task, from 1'
-- ;
CREATE TABLE measurement (
	id UUID NOT NULL, 
	indicator_id UUID NOT NULL, 
	scope TEXT NOT NULL, 
	period TEXT NOT NULL, 
	period_end DATE NOT NULL, 
	value NUMERIC, 
	words TEXT, 
	measured_on DATE NOT NULL, 
	source_words TEXT, 
	document_id UUID, 
	reported_by_id UUID, 
	confirmed_by_id UUID, 
	replaces_id UUID, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_measurement PRIMARY KEY (id), 
	CONSTRAINT ck_measurement_period CHECK (period ~ '^[12][0-9]{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$'), 
	CONSTRAINT ck_measurement_says_something CHECK (value IS NOT NULL OR words IS NOT NULL), 
	CONSTRAINT ck_measurement_finite CHECK (value <> 'NaN' AND abs(value) <> 'Infinity'), 
	CONSTRAINT ck_measurement_ordinal CHECK (ordinal >= 1 AND (ordinal = 1) = (replaces_id IS NULL)), 
	CONSTRAINT ck_measurement_second_pair_of_eyes CHECK (confirmed_by_id <> reported_by_id), 
	CONSTRAINT fk_measurement_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id), 
	CONSTRAINT fk_measurement_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_measurement_reported_by_id FOREIGN KEY(reported_by_id) REFERENCES person (id), 
	CONSTRAINT fk_measurement_confirmed_by_id FOREIGN KEY(confirmed_by_id) REFERENCES person (id), 
	CONSTRAINT fk_measurement_replaces_id FOREIGN KEY(replaces_id) REFERENCES measurement (id)
)
-- ;
CREATE INDEX ix_measurement_confirmed_by_id ON measurement (confirmed_by_id)
-- ;
CREATE INDEX ix_measurement_document_id ON measurement (document_id)
-- ;
CREATE INDEX ix_measurement_latest ON measurement (indicator_id, period_end DESC, scope, period, ordinal DESC)
-- ;
CREATE INDEX ix_measurement_reported_by_id ON measurement (reported_by_id)
-- ;
CREATE UNIQUE INDEX uq_measurement_place ON measurement (indicator_id, scope, period, ordinal)
-- ;
CREATE UNIQUE INDEX uq_measurement_replaces ON measurement (replaces_id)
-- ;
COMMENT ON TABLE measurement IS 'Figures of indicators by period; a correction is a new row that replaces the older one'
-- ;
COMMENT ON COLUMN measurement.id IS 'a figure of an indicator; UUIDv7'
-- ;
COMMENT ON COLUMN measurement.indicator_id IS 'the indicator'
-- ;
COMMENT ON COLUMN measurement.scope IS 'what the figure is about, as in the target; empty for the whole'
-- ;
COMMENT ON COLUMN measurement.period IS 'a year, quarter or month: 2026, 2026-Q4, 2026-11'
-- ;
COMMENT ON COLUMN measurement.period_end IS 'last day of the period'
-- ;
COMMENT ON COLUMN measurement.value IS 'the figure, in the unit and multiplier of the target'
-- ;
COMMENT ON COLUMN measurement.words IS 'the figure in words, for what has no number'
-- ;
COMMENT ON COLUMN measurement.measured_on IS 'day the figure was taken'
-- ;
COMMENT ON COLUMN measurement.source_words IS 'where the figure comes from, verbatim'
-- ;
COMMENT ON COLUMN measurement.document_id IS 'document the figure stands in'
-- ;
COMMENT ON COLUMN measurement.reported_by_id IS 'who reported it; none for the service itself'
-- ;
COMMENT ON COLUMN measurement.confirmed_by_id IS 'who confirmed it: a second pair of eyes'
-- ;
COMMENT ON COLUMN measurement.replaces_id IS 'the figure this one corrects'
-- ;
COMMENT ON COLUMN measurement.ordinal IS '1 for the first figure of its scope and period, one more for each correction'
-- ;
CREATE TABLE milestone (
	id UUID NOT NULL, 
	task_id UUID NOT NULL, 
	title TEXT NOT NULL, 
	deadline_words TEXT NOT NULL, 
	deadline_kind TEXT NOT NULL, 
	due_on DATE, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_milestone PRIMARY KEY (id), 
	CONSTRAINT fk_milestone_task_id FOREIGN KEY(task_id) REFERENCES task (id)
)
-- ;
CREATE INDEX ix_milestone_task_id ON milestone (task_id)
-- ;
COMMENT ON TABLE milestone IS 'Milestones (mốc) on the way of a task'
-- ;
COMMENT ON COLUMN milestone.id IS 'one milestone of a task; UUIDv7'
-- ;
COMMENT ON COLUMN milestone.task_id IS 'the task'
-- ;
COMMENT ON COLUMN milestone.title IS 'what is reached'
-- ;
COMMENT ON COLUMN milestone.deadline_words IS 'by when, verbatim'
-- ;
COMMENT ON COLUMN milestone.deadline_kind IS 'how the words name the time'
-- ;
COMMENT ON COLUMN milestone.due_on IS 'last permitted day; none for what has no day'
-- ;
COMMENT ON COLUMN milestone.ordinal IS 'order within the task, from 1'
-- ;
CREATE TABLE target (
	id UUID NOT NULL, 
	indicator_id UUID NOT NULL, 
	period TEXT NOT NULL, 
	period_end DATE NOT NULL, 
	words TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	binding BOOLEAN NOT NULL, 
	comparator_assumed BOOLEAN NOT NULL, 
	condition TEXT, 
	baseline_words TEXT, 
	baseline_value NUMERIC, 
	baseline_on DATE, 
	questions JSONB NOT NULL, 
	reading JSONB NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_target PRIMARY KEY (id), 
	CONSTRAINT ck_target_period CHECK (period ~ '^[12][0-9]{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$'), 
	CONSTRAINT ck_target_kind CHECK (kind IN ('number', 'range', 'rank', 'ordinal', 'boolean', 'qualitative', 'reference', 'parent', 'unread')), 
	CONSTRAINT fk_target_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id)
)
-- ;
CREATE UNIQUE INDEX uq_target_ordinal ON target (indicator_id, ordinal)
-- ;
COMMENT ON TABLE target IS 'Targets: what an indicator is to reach by the end of a period; verbatim words and their reading'
-- ;
COMMENT ON COLUMN target.id IS 'a target of an indicator; UUIDv7'
-- ;
COMMENT ON COLUMN target.indicator_id IS 'the indicator'
-- ;
COMMENT ON COLUMN target.period IS 'a year, quarter or month: 2026, 2026-Q4, 2026-11'
-- ;
COMMENT ON COLUMN target.period_end IS 'last day of the period'
-- ;
COMMENT ON COLUMN target.words IS 'the target as written, verbatim; may be empty for a heading line'
-- ;
COMMENT ON COLUMN target.kind IS 'what sort of thing is to be reached; unread where the words could not be read'
-- ;
COMMENT ON COLUMN target.binding IS 'false for an aspiration (phấn đấu)'
-- ;
COMMENT ON COLUMN target.comparator_assumed IS 'the words name no comparator; one was assumed'
-- ;
COMMENT ON COLUMN target.condition IS 'condition or addition the words make, verbatim'
-- ;
COMMENT ON COLUMN target.baseline_words IS 'starting point given beside the target, verbatim'
-- ;
COMMENT ON COLUMN target.baseline_value IS 'starting value given beside the target, in the target''s unit'
-- ;
COMMENT ON COLUMN target.baseline_on IS 'day the starting value is true of'
-- ;
COMMENT ON COLUMN target.questions IS 'what to ask the drafter: [{vi, en}]'
-- ;
COMMENT ON COLUMN target.reading IS 'the whole reading of the words, as read'
-- ;
COMMENT ON COLUMN target.ordinal IS 'order among the indicator''s targets, from 1'
-- ;
CREATE TABLE task_basis (
	id UUID NOT NULL, 
	task_id UUID NOT NULL, 
	document_id UUID NOT NULL, 
	clause_id UUID, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_task_basis PRIMARY KEY (id), 
	CONSTRAINT fk_task_basis_document_id_clause_id FOREIGN KEY(document_id, clause_id) REFERENCES clause (document_id, id), 
	CONSTRAINT fk_task_basis_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT fk_task_basis_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_task_basis_document_id_clause_id ON task_basis (document_id, clause_id)
-- ;
CREATE INDEX ix_task_basis_task_id ON task_basis (task_id)
-- ;
COMMENT ON TABLE task_basis IS 'Documents and clauses a task follows from'
-- ;
COMMENT ON COLUMN task_basis.id IS 'one basis of a task; UUIDv7'
-- ;
COMMENT ON COLUMN task_basis.task_id IS 'the task'
-- ;
COMMENT ON COLUMN task_basis.document_id IS 'the basis document'
-- ;
COMMENT ON COLUMN task_basis.clause_id IS 'the clause of that document, where one is named'
-- ;
COMMENT ON COLUMN task_basis.ordinal IS 'order within the task, from 1'
-- ;
CREATE TABLE task_candidate (
	id UUID NOT NULL, 
	task_id UUID NOT NULL, 
	unit_id UUID NOT NULL, 
	words TEXT NOT NULL, 
	score NUMERIC(5, 4) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_task_candidate PRIMARY KEY (id), 
	CONSTRAINT ck_task_candidate_score CHECK (score BETWEEN 0 AND 1), 
	CONSTRAINT fk_task_candidate_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT fk_task_candidate_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_task_candidate_unit_id ON task_candidate (unit_id)
-- ;
CREATE UNIQUE INDEX uq_task_candidate_unit ON task_candidate (task_id, unit_id)
-- ;
COMMENT ON TABLE task_candidate IS 'Units the words of a lead may mean, while no lead is settled'
-- ;
COMMENT ON COLUMN task_candidate.id IS 'one candidate lead of a task; UUIDv7'
-- ;
COMMENT ON COLUMN task_candidate.task_id IS 'the task'
-- ;
COMMENT ON COLUMN task_candidate.unit_id IS 'a unit that the words of the lead may mean'
-- ;
COMMENT ON COLUMN task_candidate.words IS 'the part of the words it was found for, verbatim'
-- ;
COMMENT ON COLUMN task_candidate.score IS 'likeness of the names, 0–1'
-- ;
COMMENT ON COLUMN task_candidate.ordinal IS 'order within the task, from 1'
-- ;
CREATE TABLE task_coordinator (
	id UUID NOT NULL, 
	task_id UUID NOT NULL, 
	unit_id UUID, 
	words TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_task_coordinator PRIMARY KEY (id), 
	CONSTRAINT ck_task_coordinator_somebody CHECK (unit_id IS NOT NULL OR words <> ''), 
	CONSTRAINT fk_task_coordinator_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT fk_task_coordinator_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
-- ;
CREATE INDEX ix_task_coordinator_unit_id ON task_coordinator (unit_id)
-- ;
CREATE UNIQUE INDEX uq_task_coordinator_unit ON task_coordinator (task_id, unit_id)
-- ;
COMMENT ON TABLE task_coordinator IS 'Who coordinates; a collective phrase is one row of words, never one per unit'
-- ;
COMMENT ON COLUMN task_coordinator.id IS 'one coordinating unit of a task; UUIDv7'
-- ;
COMMENT ON COLUMN task_coordinator.task_id IS 'the task'
-- ;
COMMENT ON COLUMN task_coordinator.unit_id IS 'the unit; none for a collective or a name that did not resolve'
-- ;
COMMENT ON COLUMN task_coordinator.words IS 'the name as printed, verbatim; empty where only the unit was given'
-- ;
COMMENT ON COLUMN task_coordinator.ordinal IS 'order within the task, from 1'
-- ;
CREATE TABLE task_indicator (
	task_id UUID NOT NULL, 
	indicator_id UUID NOT NULL, 
	CONSTRAINT pk_task_indicator PRIMARY KEY (task_id, indicator_id), 
	CONSTRAINT fk_task_indicator_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT fk_task_indicator_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id)
)
-- ;
CREATE INDEX ix_task_indicator_indicator_id ON task_indicator (indicator_id, task_id)
-- ;
COMMENT ON TABLE task_indicator IS 'Which indicators a task moves'
-- ;
COMMENT ON COLUMN task_indicator.task_id IS 'the task'
-- ;
COMMENT ON COLUMN task_indicator.indicator_id IS 'an indicator that it moves'
-- ;
CREATE TABLE task_scope (
	ancestor_id UUID NOT NULL, 
	open BOOLEAN NOT NULL, 
	due_on DATE NOT NULL, 
	task_id UUID NOT NULL, 
	CONSTRAINT pk_task_scope PRIMARY KEY (ancestor_id, open, due_on, task_id), 
	CONSTRAINT fk_task_scope_task_id FOREIGN KEY(task_id) REFERENCES task (id)
)
-- ;
CREATE INDEX ix_task_scope_task_id ON task_scope (task_id, ancestor_id)
-- ;
COMMENT ON TABLE task_scope IS 'Who reaches which task, in the order of lists; derived, kept by the verbs and when a unit moves'
-- ;
COMMENT ON COLUMN task_scope.ancestor_id IS 'a unit at or above the owner, the lead or a coordinating unit; or the responsible person'
-- ;
COMMENT ON COLUMN task_scope.open IS 'task.open'
-- ;
COMMENT ON COLUMN task_scope.due_on IS 'task.due_sort: last permitted day, infinity where there is none'
-- ;
COMMENT ON COLUMN task_scope.task_id IS 'the task'
-- ;
CREATE TABLE target_part (
	id UUID NOT NULL, 
	target_id UUID NOT NULL, 
	indicator_id UUID NOT NULL, 
	scope TEXT, 
	comparator TEXT NOT NULL, 
	value NUMERIC, 
	high NUMERIC, 
	unit TEXT, 
	direction TEXT NOT NULL, 
	per TEXT, 
	binding BOOLEAN NOT NULL, 
	baseline_words TEXT, 
	baseline_value NUMERIC, 
	baseline_on DATE, 
	change BOOLEAN NOT NULL, 
	level TEXT, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_target_part PRIMARY KEY (id), 
	CONSTRAINT ck_target_part_comparator CHECK (comparator IN ('at_least', 'more_than', 'at_most', 'less_than', 'between', 'exactly', 'about', 'change')), 
	CONSTRAINT ck_target_part_direction CHECK (direction IN ('higher_is_better', 'lower_is_better', 'neutral')), 
	CONSTRAINT fk_target_part_target_id FOREIGN KEY(target_id) REFERENCES target (id), 
	CONSTRAINT fk_target_part_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id)
)
-- ;
CREATE INDEX ix_target_part_indicator_id ON target_part (indicator_id)
-- ;
CREATE UNIQUE INDEX uq_target_part_ordinal ON target_part (target_id, ordinal)
-- ;
COMMENT ON TABLE target_part IS 'Values of targets, one row for each value that the words set'
-- ;
COMMENT ON COLUMN target_part.id IS 'one value of a target; UUIDv7'
-- ;
COMMENT ON COLUMN target_part.target_id IS 'the target'
-- ;
COMMENT ON COLUMN target_part.indicator_id IS 'the indicator, which owns the part'
-- ;
COMMENT ON COLUMN target_part.scope IS 'what the value is set for, e.g. Đông Nam Á; none for the whole'
-- ;
COMMENT ON COLUMN target_part.comparator IS 'how a measured value must stand to the value written'
-- ;
COMMENT ON COLUMN target_part.value IS 'the value, multiplier included; the lower end of a range; size of a change'
-- ;
COMMENT ON COLUMN target_part.high IS 'upper end of a range, multiplier included'
-- ;
COMMENT ON COLUMN target_part.unit IS 'unit of the value, as read'
-- ;
COMMENT ON COLUMN target_part.direction IS 'which way is better'
-- ;
COMMENT ON COLUMN target_part.per IS 'period of a rate, or the thing each value is due for'
-- ;
COMMENT ON COLUMN target_part.binding IS 'false for an aspiration (phấn đấu)'
-- ;
COMMENT ON COLUMN target_part.baseline_words IS 'what a change is counted from, as read from the target''s words'
-- ;
COMMENT ON COLUMN target_part.baseline_value IS 'starting value, in the measured unit, where known'
-- ;
COMMENT ON COLUMN target_part.baseline_on IS 'day the starting value is true of'
-- ;
COMMENT ON COLUMN target_part.change IS 'the value is the size of a rise or fall, not a level'
-- ;
COMMENT ON COLUMN target_part.level IS 'grade to be reached, for an ordinal target'
-- ;
COMMENT ON COLUMN target_part.ordinal IS 'order within the target, from 1'
-- ;
ALTER TABLE unit ADD CONSTRAINT fk_unit_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
-- ;
ALTER TABLE unit_period ADD CONSTRAINT fk_unit_period_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
-- ;
CREATE FUNCTION unit_tree_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('unit tree', 1));
  IF TG_OP = 'UPDATE' THEN
    IF NEW.parent_id IS NOT NULL AND EXISTS (
      SELECT 1 FROM unit_ancestor WHERE unit_id = NEW.parent_id AND ancestor_id = NEW.id) THEN
      RAISE EXCEPTION 'unit % would lie under itself', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_tree_has_no_loop';
    END IF;
    DELETE FROM unit_ancestor below USING unit_ancestor own
      WHERE own.ancestor_id = NEW.id AND below.unit_id = own.unit_id
        AND below.ancestor_id IN (SELECT ancestor_id FROM unit_ancestor WHERE unit_id = NEW.id AND distance > 0);
    INSERT INTO unit_ancestor (unit_id, ancestor_id, distance)
      SELECT own.unit_id, above.ancestor_id, own.distance + above.distance + 1
      FROM unit_ancestor own CROSS JOIN unit_ancestor above
      WHERE own.ancestor_id = NEW.id AND above.unit_id = NEW.parent_id;
  ELSE
    INSERT INTO unit_ancestor (unit_id, ancestor_id, distance)
      SELECT NEW.id, NEW.id, 0
      UNION ALL SELECT NEW.id, ancestor_id, distance + 1 FROM unit_ancestor WHERE unit_id = NEW.parent_id;
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE TRIGGER unit_tree_begins AFTER INSERT ON unit FOR EACH ROW EXECUTE FUNCTION unit_tree_follows()
-- ;
CREATE TRIGGER unit_tree_moves AFTER UPDATE OF parent_id ON unit FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION unit_tree_follows()
-- ;
CREATE TRIGGER unit_tree_raises_epoch AFTER UPDATE OF parent_id, kind ON unit FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()
-- ;
CREATE TRIGGER person_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON person FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()
-- ;
CREATE TRIGGER position_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON position FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()
-- ;
CREATE TRIGGER holding_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON holding FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()
-- ;
CREATE FUNCTION task_count_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM (SELECT t.lead_id, t.state, count(*) FROM added t GROUP BY t.lead_id, t.state) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$
-- ;
CREATE FUNCTION task_count_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM (SELECT t.lead_id, t.state, -count(*) FROM removed t GROUP BY t.lead_id, t.state) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$
-- ;
CREATE FUNCTION task_count_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM (VALUES (OLD.lead_id, OLD.state, -1::bigint), (NEW.lead_id, NEW.state, 1::bigint)) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$
-- ;
CREATE TRIGGER task_count_added AFTER INSERT ON task
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION task_count_added()
-- ;
CREATE TRIGGER task_count_removed AFTER DELETE ON task
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION task_count_removed()
-- ;
CREATE TRIGGER task_count_moved AFTER UPDATE ON task FOR EACH ROW
  WHEN (OLD.lead_id IS DISTINCT FROM NEW.lead_id OR OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION task_count_moved()
-- ;
CREATE FUNCTION first_deadline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the first deadline of task % never changes', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'first_deadline_stays';
END $$
-- ;
CREATE TRIGGER first_deadline_stays BEFORE UPDATE ON task FOR EACH ROW
  WHEN (OLD.first_deadline IS NOT NULL AND OLD.first_deadline IS DISTINCT FROM NEW.first_deadline)
  EXECUTE FUNCTION first_deadline_stays()
-- ;
CREATE VIEW found AS SELECT 'unit'::text AS kind, id, name AS title, code AS code, search FROM unit UNION ALL SELECT 'person'::text AS kind, id, name AS title, NULL AS code, search FROM person UNION ALL SELECT 'document'::text AS kind, id, title AS title, number AS code, search FROM document UNION ALL SELECT 'programme'::text AS kind, id, title AS title, code AS code, search FROM programme UNION ALL SELECT 'indicator'::text AS kind, id, title AS title, number AS code, search FROM indicator UNION ALL SELECT 'task'::text AS kind, id, title AS title, number AS code, search FROM task
-- ;
COMMENT ON VIEW found IS 'Everything that has words, for search; who may see what is added by the reader'
-- ;
CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$
-- ;
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.event FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()
-- ;
CREATE TRIGGER entry_index_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry_index FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()
-- ;
ALTER TABLE audit.event ENABLE ALWAYS TRIGGER event_is_append_only
-- ;
ALTER TABLE audit.entry_index ENABLE ALWAYS TRIGGER entry_index_is_append_only
-- ;
CREATE FUNCTION audit.annex_import_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'import:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on annex_import of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER annex_import_has_entry AFTER INSERT OR UPDATE OR DELETE ON annex_import DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.annex_import_has_entry()
-- ;
CREATE FUNCTION audit.calendar_day_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'calendar:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on calendar_day of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER calendar_day_has_entry AFTER INSERT OR UPDATE OR DELETE ON calendar_day DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.calendar_day_has_entry()
-- ;
CREATE FUNCTION audit.clause_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'document:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on clause of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER clause_has_entry AFTER INSERT OR UPDATE OR DELETE ON clause DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.clause_has_entry()
-- ;
CREATE FUNCTION audit.content_group_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'programme:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.programme_id ELSE NEW.programme_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on content_group of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER content_group_has_entry AFTER INSERT OR UPDATE OR DELETE ON content_group DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.content_group_has_entry()
-- ;
CREATE FUNCTION audit.deliverable_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.task_id ELSE NEW.task_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on deliverable of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER deliverable_has_entry AFTER INSERT OR UPDATE OR DELETE ON deliverable DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.deliverable_has_entry()
-- ;
CREATE FUNCTION audit.document_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'document:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on document of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER document_has_entry AFTER INSERT OR UPDATE OR DELETE ON document DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.document_has_entry()
-- ;
CREATE FUNCTION audit.holding_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'position:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.position_id ELSE NEW.position_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on holding of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER holding_has_entry AFTER INSERT OR UPDATE OR DELETE ON holding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.holding_has_entry()
-- ;
CREATE FUNCTION audit.import_row_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'import:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.import_id ELSE NEW.import_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on import_row of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER import_row_has_entry AFTER INSERT OR UPDATE OR DELETE ON import_row DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.import_row_has_entry()
-- ;
CREATE FUNCTION audit.indicator_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'indicator:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on indicator of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER indicator_has_entry AFTER INSERT OR UPDATE OR DELETE ON indicator DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.indicator_has_entry()
-- ;
CREATE FUNCTION audit.measurement_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'indicator:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.indicator_id ELSE NEW.indicator_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on measurement of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER measurement_has_entry AFTER INSERT OR UPDATE OR DELETE ON measurement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.measurement_has_entry()
-- ;
CREATE FUNCTION audit.milestone_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.task_id ELSE NEW.task_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on milestone of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER milestone_has_entry AFTER INSERT OR UPDATE OR DELETE ON milestone DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.milestone_has_entry()
-- ;
CREATE FUNCTION audit.person_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'person:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on person of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER person_has_entry AFTER INSERT OR UPDATE OR DELETE ON person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.person_has_entry()
-- ;
CREATE FUNCTION audit.position_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'position:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on position of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER position_has_entry AFTER INSERT OR UPDATE OR DELETE ON position DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.position_has_entry()
-- ;
CREATE FUNCTION audit.programme_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'programme:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on programme of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER programme_has_entry AFTER INSERT OR UPDATE OR DELETE ON programme DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.programme_has_entry()
-- ;
CREATE FUNCTION audit.programme_addressee_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'programme:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.programme_id ELSE NEW.programme_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on programme_addressee of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER programme_addressee_has_entry AFTER INSERT OR UPDATE OR DELETE ON programme_addressee DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.programme_addressee_has_entry()
-- ;
CREATE FUNCTION audit.programme_parent_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'programme:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.programme_id ELSE NEW.programme_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on programme_parent of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER programme_parent_has_entry AFTER INSERT OR UPDATE OR DELETE ON programme_parent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.programme_parent_has_entry()
-- ;
CREATE FUNCTION audit.target_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'indicator:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.indicator_id ELSE NEW.indicator_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on target of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER target_has_entry AFTER INSERT OR UPDATE OR DELETE ON target DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.target_has_entry()
-- ;
CREATE FUNCTION audit.target_part_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'indicator:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.indicator_id ELSE NEW.indicator_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on target_part of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER target_part_has_entry AFTER INSERT OR UPDATE OR DELETE ON target_part DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.target_part_has_entry()
-- ;
CREATE FUNCTION audit.task_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on task of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER task_has_entry AFTER INSERT OR UPDATE OR DELETE ON task DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.task_has_entry()
-- ;
CREATE FUNCTION audit.task_basis_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.task_id ELSE NEW.task_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on task_basis of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER task_basis_has_entry AFTER INSERT OR UPDATE OR DELETE ON task_basis DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.task_basis_has_entry()
-- ;
CREATE FUNCTION audit.task_candidate_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.task_id ELSE NEW.task_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on task_candidate of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER task_candidate_has_entry AFTER INSERT OR UPDATE OR DELETE ON task_candidate DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.task_candidate_has_entry()
-- ;
CREATE FUNCTION audit.task_coordinator_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.task_id ELSE NEW.task_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on task_coordinator of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER task_coordinator_has_entry AFTER INSERT OR UPDATE OR DELETE ON task_coordinator DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.task_coordinator_has_entry()
-- ;
CREATE FUNCTION audit.task_indicator_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'task:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.task_id ELSE NEW.task_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on task_indicator of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER task_indicator_has_entry AFTER INSERT OR UPDATE OR DELETE ON task_indicator DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.task_indicator_has_entry()
-- ;
CREATE FUNCTION audit.unit_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'unit:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on unit of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER unit_has_entry AFTER INSERT OR UPDATE OR DELETE ON unit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.unit_has_entry()
-- ;
CREATE FUNCTION audit.unit_alias_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'unit:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.unit_id ELSE NEW.unit_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on unit_alias of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER unit_alias_has_entry AFTER INSERT OR UPDATE OR DELETE ON unit_alias DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.unit_alias_has_entry()
-- ;
CREATE FUNCTION audit.unit_period_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'unit:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.unit_id ELSE NEW.unit_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on unit_period of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER unit_period_has_entry AFTER INSERT OR UPDATE OR DELETE ON unit_period DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.unit_period_has_entry()
-- ;
CREATE FUNCTION audit.unit_successor_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'unit:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.unit_id ELSE NEW.unit_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on unit_successor of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER unit_successor_has_entry AFTER INSERT OR UPDATE OR DELETE ON unit_successor DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.unit_successor_has_entry()
