CREATE TABLE delegation_known (
	id UUID NOT NULL, 
	known_from TIMESTAMP WITH TIME ZONE NOT NULL, 
	from_holding_id UUID NOT NULL, 
	to_holding_id UUID NOT NULL, 
	grant_id UUID, 
	delegation_id UUID, 
	powers TEXT[] NOT NULL, 
	subtree BOOLEAN NOT NULL, 
	strict BOOLEAN NOT NULL, 
	max_amount BIGINT, 
	max_class SMALLINT NOT NULL, 
	valid DATERANGE NOT NULL, 
	excluded UUID[] NOT NULL, 
	unit_id UUID NOT NULL, 
	may_sub BOOLEAN NOT NULL, 
	known TSTZRANGE NOT NULL, 
	CONSTRAINT pk_delegation_known PRIMARY KEY (id, known_from)
)
-- ;
CREATE INDEX ix_delegation_known_to_holding_id ON delegation_known (to_holding_id)
-- ;
COMMENT ON TABLE delegation_known IS 'Derived: what was known of delegations when'
-- ;
COMMENT ON COLUMN delegation_known.id IS 'the row'
-- ;
COMMENT ON COLUMN delegation_known.known_from IS 'when it came to be known so, UTC'
-- ;
COMMENT ON COLUMN delegation_known.from_holding_id IS 'the holding of the one who delegates'
-- ;
COMMENT ON COLUMN delegation_known.to_holding_id IS 'the holding of the one who acts'
-- ;
COMMENT ON COLUMN delegation_known.grant_id IS 'the grant it stands on'
-- ;
COMMENT ON COLUMN delegation_known.delegation_id IS 'the delegation it stands on'
-- ;
COMMENT ON COLUMN delegation_known.powers IS 'codes of the powers, e.g. programme.approve'
-- ;
COMMENT ON COLUMN delegation_known.subtree IS 'with all units below it'
-- ;
COMMENT ON COLUMN delegation_known.strict IS 'only the units below it, never the unit itself'
-- ;
COMMENT ON COLUMN delegation_known.max_amount IS 'largest amount of one act, đồng; none: no limit'
-- ;
COMMENT ON COLUMN delegation_known.max_class IS 'highest class: 0 public inside, 1 internal, 2 restricted'
-- ;
COMMENT ON COLUMN delegation_known.valid IS 'days in force: [first, next)'
-- ;
COMMENT ON COLUMN delegation_known.excluded IS 'units moved in below the scope since, which it does not take in'
-- ;
COMMENT ON COLUMN delegation_known.unit_id IS 'the unit'
-- ;
COMMENT ON COLUMN delegation_known.may_sub IS 'whether it may be passed on'
-- ;
COMMENT ON COLUMN delegation_known.known IS 'while it was known so: [from, next)'
-- ;
CREATE TABLE denial (
	id UUID NOT NULL, 
	actor_id UUID NOT NULL, 
	power TEXT NOT NULL, 
	why TEXT NOT NULL, 
	object_kind TEXT, 
	object_id UUID, 
	unit_id UUID, 
	minute TIMESTAMP WITH TIME ZONE NOT NULL, 
	times INTEGER NOT NULL, 
	CONSTRAINT pk_denial PRIMARY KEY (id)
)
-- ;
CREATE INDEX ix_denial_minute ON denial (minute, id)
-- ;
CREATE INDEX ix_denial_unit_id ON denial (unit_id)
-- ;
CREATE UNIQUE INDEX uq_denial_once_a_minute ON denial (actor_id, power, coalesce(object_id, '00000000-0000-0000-0000-000000000000'), minute)
-- ;
COMMENT ON TABLE denial IS 'What was tried without the power to: one row for equal denials of a minute; the first of them is an entry'
-- ;
COMMENT ON COLUMN denial.id IS 'a denial; UUIDv7'
-- ;
COMMENT ON COLUMN denial.actor_id IS 'who tried'
-- ;
COMMENT ON COLUMN denial.power IS 'the power that was missing'
-- ;
COMMENT ON COLUMN denial.why IS 'why not, as a code'
-- ;
COMMENT ON COLUMN denial.object_kind IS 'kind of the object, where there was one'
-- ;
COMMENT ON COLUMN denial.object_id IS 'the object, where there was one'
-- ;
COMMENT ON COLUMN denial.unit_id IS 'the unit whose matter it was'
-- ;
COMMENT ON COLUMN denial.minute IS 'the minute it happened in, UTC'
-- ;
COMMENT ON COLUMN denial.times IS 'how often within that minute'
-- ;
CREATE TABLE exercise (
	object_id UUID NOT NULL, 
	power TEXT NOT NULL, 
	person_id UUID NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_exercise PRIMARY KEY (object_id, power, person_id)
)
-- ;
CREATE INDEX ix_exercise_person_id ON exercise (person_id)
-- ;
COMMENT ON TABLE exercise IS 'Derived: whose power was used on what, for powers kept apart; written in the act'
-- ;
COMMENT ON COLUMN exercise.object_id IS 'the object'
-- ;
COMMENT ON COLUMN exercise.power IS 'the power used on it'
-- ;
COMMENT ON COLUMN exercise.person_id IS 'a person of the chain that carried it'
-- ;
COMMENT ON COLUMN exercise.at IS 'when it was first used, UTC'
-- ;
CREATE TABLE holding_known (
	id UUID NOT NULL, 
	known_from TIMESTAMP WITH TIME ZONE NOT NULL, 
	position_id UUID NOT NULL, 
	person_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	valid DATERANGE NOT NULL, 
	known TSTZRANGE NOT NULL, 
	CONSTRAINT pk_holding_known PRIMARY KEY (id, known_from)
)
-- ;
CREATE INDEX ix_holding_known_person_id ON holding_known (person_id)
-- ;
CREATE INDEX ix_holding_known_position_id ON holding_known (position_id)
-- ;
COMMENT ON TABLE holding_known IS 'Derived: what was known of holdings when, so that a past decision can be judged by it'
-- ;
COMMENT ON COLUMN holding_known.id IS 'the row'
-- ;
COMMENT ON COLUMN holding_known.known_from IS 'when it came to be known so, UTC'
-- ;
COMMENT ON COLUMN holding_known.position_id IS 'the position held'
-- ;
COMMENT ON COLUMN holding_known.person_id IS 'who held it'
-- ;
COMMENT ON COLUMN holding_known.kind IS 'substantive or acting'
-- ;
COMMENT ON COLUMN holding_known.valid IS 'days of the holding as then known'
-- ;
COMMENT ON COLUMN holding_known.known IS 'while it was known so: [from, next)'
-- ;
CREATE TABLE inquiry (
	id UUID NOT NULL, 
	asker_id UUID NOT NULL, 
	person_id UUID, 
	power TEXT NOT NULL, 
	object_kind TEXT, 
	object_id UUID, 
	unit_id UUID NOT NULL, 
	amount BIGINT, 
	access_class SMALLINT NOT NULL, 
	asked_on DATE NOT NULL, 
	known_at TIMESTAMP WITH TIME ZONE, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_inquiry PRIMARY KEY (id)
)
-- ;
CREATE INDEX ix_inquiry_asker_id ON inquiry (asker_id)
-- ;
CREATE INDEX ix_inquiry_unit_id ON inquiry (unit_id)
-- ;
COMMENT ON TABLE inquiry IS 'Questions by what right somebody may use a power, with their answers'
-- ;
COMMENT ON COLUMN inquiry.id IS 'an inquiry into a power; UUIDv7'
-- ;
COMMENT ON COLUMN inquiry.asker_id IS 'who asked'
-- ;
COMMENT ON COLUMN inquiry.person_id IS 'about whom; none: about whoever may'
-- ;
COMMENT ON COLUMN inquiry.power IS 'the power'
-- ;
COMMENT ON COLUMN inquiry.object_kind IS 'kind of the object, where one was named'
-- ;
COMMENT ON COLUMN inquiry.object_id IS 'the object, where one was named'
-- ;
COMMENT ON COLUMN inquiry.unit_id IS 'the unit whose matter it was'
-- ;
COMMENT ON COLUMN inquiry.amount IS 'the amount, đồng'
-- ;
COMMENT ON COLUMN inquiry.access_class IS 'the class of the matter'
-- ;
COMMENT ON COLUMN inquiry.asked_on IS 'the day it was about'
-- ;
COMMENT ON COLUMN inquiry.known_at IS 'as known at this instant; none: as known now'
-- ;
COMMENT ON COLUMN inquiry.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN inquiry.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE power_grant_known (
	id UUID NOT NULL, 
	known_from TIMESTAMP WITH TIME ZONE NOT NULL, 
	position_id UUID NOT NULL, 
	powers TEXT[] NOT NULL, 
	subtree BOOLEAN NOT NULL, 
	strict BOOLEAN NOT NULL, 
	max_amount BIGINT, 
	max_class SMALLINT NOT NULL, 
	valid DATERANGE NOT NULL, 
	excluded UUID[] NOT NULL, 
	unit_id UUID NOT NULL, 
	max_depth SMALLINT NOT NULL, 
	known TSTZRANGE NOT NULL, 
	CONSTRAINT pk_power_grant_known PRIMARY KEY (id, known_from)
)
-- ;
CREATE INDEX ix_power_grant_known_position_id ON power_grant_known (position_id)
-- ;
COMMENT ON TABLE power_grant_known IS 'Derived: what was known of grants when'
-- ;
COMMENT ON COLUMN power_grant_known.id IS 'the row'
-- ;
COMMENT ON COLUMN power_grant_known.known_from IS 'when it came to be known so, UTC'
-- ;
COMMENT ON COLUMN power_grant_known.position_id IS 'the position'
-- ;
COMMENT ON COLUMN power_grant_known.powers IS 'codes of the powers, e.g. programme.approve'
-- ;
COMMENT ON COLUMN power_grant_known.subtree IS 'with all units below it'
-- ;
COMMENT ON COLUMN power_grant_known.strict IS 'only the units below it, never the unit itself'
-- ;
COMMENT ON COLUMN power_grant_known.max_amount IS 'largest amount of one act, đồng; none: no limit'
-- ;
COMMENT ON COLUMN power_grant_known.max_class IS 'highest class: 0 public inside, 1 internal, 2 restricted'
-- ;
COMMENT ON COLUMN power_grant_known.valid IS 'days in force: [first, next)'
-- ;
COMMENT ON COLUMN power_grant_known.excluded IS 'units moved in below the scope since, which it does not take in'
-- ;
COMMENT ON COLUMN power_grant_known.unit_id IS 'the unit'
-- ;
COMMENT ON COLUMN power_grant_known.max_depth IS 'how many delegations may stand on it'
-- ;
COMMENT ON COLUMN power_grant_known.known IS 'while it was known so: [from, next)'
-- ;
CREATE TABLE inquiry_answer (
	id UUID NOT NULL, 
	inquiry_id UUID NOT NULL, 
	person_id UUID NOT NULL, 
	allowed BOOLEAN NOT NULL, 
	why TEXT, 
	kind TEXT, 
	chain TEXT[] NOT NULL, 
	max_amount BIGINT, 
	max_class SMALLINT, 
	CONSTRAINT pk_inquiry_answer PRIMARY KEY (id), 
	CONSTRAINT fk_inquiry_answer_inquiry_id FOREIGN KEY(inquiry_id) REFERENCES inquiry (id), 
	CONSTRAINT fk_inquiry_answer_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
-- ;
CREATE INDEX ix_inquiry_answer_inquiry_id ON inquiry_answer (inquiry_id)
-- ;
CREATE INDEX ix_inquiry_answer_person_id ON inquiry_answer (person_id)
-- ;
COMMENT ON TABLE inquiry_answer IS 'Answers of inquiries: one row for each person looked at'
-- ;
COMMENT ON COLUMN inquiry_answer.id IS 'one person''s answer; UUIDv7'
-- ;
COMMENT ON COLUMN inquiry_answer.inquiry_id IS 'the inquiry'
-- ;
COMMENT ON COLUMN inquiry_answer.person_id IS 'the person'
-- ;
COMMENT ON COLUMN inquiry_answer.allowed IS 'whether he may'
-- ;
COMMENT ON COLUMN inquiry_answer.why IS 'why not, as a code'
-- ;
COMMENT ON COLUMN inquiry_answer.kind IS 'substantive, acting or delegated, where he may'
-- ;
COMMENT ON COLUMN inquiry_answer.chain IS 'the steps that carry it, his own holding first'
-- ;
COMMENT ON COLUMN inquiry_answer.max_amount IS 'least amount along the chain, đồng'
-- ;
COMMENT ON COLUMN inquiry_answer.max_class IS 'least class along the chain'
-- ;
CREATE TABLE interest (
	id UUID NOT NULL, 
	person_id UUID NOT NULL, 
	object_kind TEXT NOT NULL, 
	object_id UUID NOT NULL, 
	why TEXT NOT NULL, 
	ended_on DATE, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_interest PRIMARY KEY (id), 
	CONSTRAINT fk_interest_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
-- ;
CREATE INDEX ix_interest_object_id ON interest (object_id, person_id)
-- ;
CREATE INDEX ix_interest_person_id ON interest (person_id)
-- ;
COMMENT ON TABLE interest IS 'Interests: who has one takes no decision on the object, nor lends power for it'
-- ;
COMMENT ON COLUMN interest.id IS 'an interest of a person in an object; UUIDv7'
-- ;
COMMENT ON COLUMN interest.person_id IS 'whose interest'
-- ;
COMMENT ON COLUMN interest.object_kind IS 'kind of the object, e.g. programme'
-- ;
COMMENT ON COLUMN interest.object_id IS 'the object'
-- ;
COMMENT ON COLUMN interest.why IS 'what the interest is'
-- ;
COMMENT ON COLUMN interest.ended_on IS 'first day without it'
-- ;
COMMENT ON COLUMN interest.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN interest.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE duty (
	id UUID NOT NULL, 
	power_a TEXT NOT NULL, 
	power_b TEXT NOT NULL, 
	basis_id UUID, 
	ended_on DATE, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_duty PRIMARY KEY (id), 
	CONSTRAINT ck_duty_ordered CHECK (power_a < power_b), 
	CONSTRAINT fk_duty_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_duty_basis_id ON duty (basis_id)
-- ;
CREATE UNIQUE INDEX uq_duty_pair ON duty (power_a, power_b) WHERE ended_on IS NULL
-- ;
COMMENT ON TABLE duty IS 'Pairs of powers one person may not both exercise on one object, beside those the service always keeps apart'
-- ;
COMMENT ON COLUMN duty.id IS 'two powers kept apart; UUIDv7'
-- ;
COMMENT ON COLUMN duty.power_a IS 'one power; the lesser code of the two'
-- ;
COMMENT ON COLUMN duty.power_b IS 'the other power'
-- ;
COMMENT ON COLUMN duty.basis_id IS 'the document that says so'
-- ;
COMMENT ON COLUMN duty.ended_on IS 'first day on which they are kept apart no longer'
-- ;
COMMENT ON COLUMN duty.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN duty.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE power_grant (
	id UUID NOT NULL, 
	position_id UUID NOT NULL, 
	powers TEXT[] NOT NULL, 
	unit_id UUID NOT NULL, 
	subtree BOOLEAN NOT NULL, 
	strict BOOLEAN NOT NULL, 
	max_amount BIGINT, 
	max_class SMALLINT NOT NULL, 
	valid DATERANGE NOT NULL, 
	excluded UUID[] NOT NULL, 
	max_depth SMALLINT NOT NULL, 
	basis_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_power_grant PRIMARY KEY (id), 
	CONSTRAINT ck_power_grant_some_power CHECK (cardinality(powers) > 0), 
	CONSTRAINT ck_power_grant_max_amount CHECK (max_amount >= 0), 
	CONSTRAINT ck_power_grant_max_class CHECK (max_class BETWEEN 0 AND 2), 
	CONSTRAINT ck_power_grant_strict_of_subtree CHECK (subtree OR NOT strict), 
	CONSTRAINT ck_power_grant_begins CHECK (lower(valid) IS NOT NULL OR isempty(valid)), 
	CONSTRAINT ck_power_grant_max_depth CHECK (max_depth BETWEEN 0 AND 2), 
	CONSTRAINT fk_power_grant_position_id FOREIGN KEY(position_id) REFERENCES position (id), 
	CONSTRAINT fk_power_grant_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_power_grant_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_power_grant_basis_id ON power_grant (basis_id)
-- ;
CREATE INDEX ix_power_grant_position_id ON power_grant (position_id)
-- ;
CREATE INDEX ix_power_grant_unit_id ON power_grant (unit_id)
-- ;
COMMENT ON TABLE power_grant IS 'Powers given to positions in writing: which, over whose matters, how far, how long'
-- ;
COMMENT ON COLUMN power_grant.id IS 'a grant of powers to a position; UUIDv7'
-- ;
COMMENT ON COLUMN power_grant.position_id IS 'the position that holds the powers'
-- ;
COMMENT ON COLUMN power_grant.powers IS 'codes of the powers, e.g. programme.approve'
-- ;
COMMENT ON COLUMN power_grant.unit_id IS 'the unit whose matters it is about'
-- ;
COMMENT ON COLUMN power_grant.subtree IS 'with all units below it'
-- ;
COMMENT ON COLUMN power_grant.strict IS 'only the units below it, never the unit itself'
-- ;
COMMENT ON COLUMN power_grant.max_amount IS 'largest amount of one act, đồng; none: no limit'
-- ;
COMMENT ON COLUMN power_grant.max_class IS 'highest class: 0 public inside, 1 internal, 2 restricted'
-- ;
COMMENT ON COLUMN power_grant.valid IS 'days in force: [first, next)'
-- ;
COMMENT ON COLUMN power_grant.excluded IS 'units moved in below the scope since, which it does not take in'
-- ;
COMMENT ON COLUMN power_grant.max_depth IS 'how many delegations may stand on it: 0, 1 or 2'
-- ;
COMMENT ON COLUMN power_grant.basis_id IS 'the document that gives it'
-- ;
COMMENT ON COLUMN power_grant.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN power_grant.created_at IS 'when it was recorded, UTC'
-- ;
CREATE TABLE delegation (
	id UUID NOT NULL, 
	from_holding_id UUID NOT NULL, 
	to_holding_id UUID NOT NULL, 
	grant_id UUID, 
	delegation_id UUID, 
	powers TEXT[] NOT NULL, 
	unit_id UUID NOT NULL, 
	subtree BOOLEAN NOT NULL, 
	strict BOOLEAN NOT NULL, 
	max_amount BIGINT, 
	max_class SMALLINT NOT NULL, 
	valid DATERANGE NOT NULL, 
	excluded UUID[] NOT NULL, 
	may_sub BOOLEAN NOT NULL, 
	basis_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_delegation PRIMARY KEY (id), 
	CONSTRAINT ck_delegation_some_power CHECK (cardinality(powers) > 0), 
	CONSTRAINT ck_delegation_max_amount CHECK (max_amount >= 0), 
	CONSTRAINT ck_delegation_max_class CHECK (max_class BETWEEN 0 AND 2), 
	CONSTRAINT ck_delegation_strict_of_subtree CHECK (subtree OR NOT strict), 
	CONSTRAINT ck_delegation_begins CHECK (lower(valid) IS NOT NULL OR isempty(valid)), 
	CONSTRAINT ck_delegation_one_source CHECK (num_nonnulls(grant_id, delegation_id) = 1), 
	CONSTRAINT ck_delegation_to_another CHECK (from_holding_id <> to_holding_id), 
	CONSTRAINT ck_delegation_ends CHECK (isempty(valid) OR upper(valid) IS NOT NULL), 
	CONSTRAINT fk_delegation_from_holding_id FOREIGN KEY(from_holding_id) REFERENCES holding (id), 
	CONSTRAINT fk_delegation_to_holding_id FOREIGN KEY(to_holding_id) REFERENCES holding (id), 
	CONSTRAINT fk_delegation_grant_id FOREIGN KEY(grant_id) REFERENCES power_grant (id), 
	CONSTRAINT fk_delegation_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id), 
	CONSTRAINT fk_delegation_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_delegation_basis_id FOREIGN KEY(basis_id) REFERENCES document (id)
)
-- ;
CREATE INDEX ix_delegation_basis_id ON delegation (basis_id)
-- ;
CREATE INDEX ix_delegation_delegation_id ON delegation (delegation_id)
-- ;
CREATE INDEX ix_delegation_from_holding_id ON delegation (from_holding_id)
-- ;
CREATE INDEX ix_delegation_grant_id ON delegation (grant_id)
-- ;
CREATE INDEX ix_delegation_to_holding_id ON delegation (to_holding_id)
-- ;
CREATE INDEX ix_delegation_unit_id ON delegation (unit_id)
-- ;
COMMENT ON TABLE delegation IS 'Powers lent by their holder to another, in writing and until a day'
-- ;
COMMENT ON COLUMN delegation.id IS 'a delegation of powers; UUIDv7'
-- ;
COMMENT ON COLUMN delegation.from_holding_id IS 'the holding of the one who delegates'
-- ;
COMMENT ON COLUMN delegation.to_holding_id IS 'the holding of the one who acts for him'
-- ;
COMMENT ON COLUMN delegation.grant_id IS 'the grant it stands on'
-- ;
COMMENT ON COLUMN delegation.delegation_id IS 'the delegation it stands on, where it is passed on'
-- ;
COMMENT ON COLUMN delegation.powers IS 'codes of the powers, e.g. programme.approve'
-- ;
COMMENT ON COLUMN delegation.unit_id IS 'the unit whose matters it is about'
-- ;
COMMENT ON COLUMN delegation.subtree IS 'with all units below it'
-- ;
COMMENT ON COLUMN delegation.strict IS 'only the units below it, never the unit itself'
-- ;
COMMENT ON COLUMN delegation.max_amount IS 'largest amount of one act, đồng; none: no limit'
-- ;
COMMENT ON COLUMN delegation.max_class IS 'highest class: 0 public inside, 1 internal, 2 restricted'
-- ;
COMMENT ON COLUMN delegation.valid IS 'days in force: [first, next)'
-- ;
COMMENT ON COLUMN delegation.excluded IS 'units moved in below the scope since, which it does not take in'
-- ;
COMMENT ON COLUMN delegation.may_sub IS 'whether it may be passed on'
-- ;
COMMENT ON COLUMN delegation.basis_id IS 'the document that gives it'
-- ;
COMMENT ON COLUMN delegation.version IS 'rises by one with each act on the object; starts at 1'
-- ;
COMMENT ON COLUMN delegation.created_at IS 'when it was recorded, UTC'
-- ;
CREATE FUNCTION holding_is_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE holding_known SET known = tstzrange(lower(known), now()) WHERE id = coalesce(NEW.id, OLD.id) AND upper_inf(known);
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO holding_known (id, known_from, known, "position_id", "person_id", "kind", "valid") VALUES (NEW.id, now(), tstzrange(now(), NULL), NEW."position_id", NEW."person_id", NEW."kind", NEW."valid")
      ON CONFLICT (id, known_from) DO UPDATE SET ("position_id", "person_id", "kind", "valid") = ROW (EXCLUDED."position_id", EXCLUDED."person_id", EXCLUDED."kind", EXCLUDED."valid"), known = EXCLUDED.known;
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE TRIGGER holding_is_known AFTER INSERT OR UPDATE OR DELETE ON holding FOR EACH ROW EXECUTE FUNCTION holding_is_known()
-- ;
CREATE FUNCTION power_grant_is_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE power_grant_known SET known = tstzrange(lower(known), now()) WHERE id = coalesce(NEW.id, OLD.id) AND upper_inf(known);
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO power_grant_known (id, known_from, known, "position_id", "powers", "unit_id", "subtree", "strict", "max_amount", "max_class", "valid", "excluded", "max_depth") VALUES (NEW.id, now(), tstzrange(now(), NULL), NEW."position_id", NEW."powers", NEW."unit_id", NEW."subtree", NEW."strict", NEW."max_amount", NEW."max_class", NEW."valid", NEW."excluded", NEW."max_depth")
      ON CONFLICT (id, known_from) DO UPDATE SET ("position_id", "powers", "unit_id", "subtree", "strict", "max_amount", "max_class", "valid", "excluded", "max_depth") = ROW (EXCLUDED."position_id", EXCLUDED."powers", EXCLUDED."unit_id", EXCLUDED."subtree", EXCLUDED."strict", EXCLUDED."max_amount", EXCLUDED."max_class", EXCLUDED."valid", EXCLUDED."excluded", EXCLUDED."max_depth"), known = EXCLUDED.known;
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE TRIGGER power_grant_is_known AFTER INSERT OR UPDATE OR DELETE ON power_grant FOR EACH ROW EXECUTE FUNCTION power_grant_is_known()
-- ;
CREATE FUNCTION delegation_is_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE delegation_known SET known = tstzrange(lower(known), now()) WHERE id = coalesce(NEW.id, OLD.id) AND upper_inf(known);
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO delegation_known (id, known_from, known, "from_holding_id", "to_holding_id", "grant_id", "delegation_id", "powers", "unit_id", "subtree", "strict", "max_amount", "max_class", "valid", "excluded", "may_sub") VALUES (NEW.id, now(), tstzrange(now(), NULL), NEW."from_holding_id", NEW."to_holding_id", NEW."grant_id", NEW."delegation_id", NEW."powers", NEW."unit_id", NEW."subtree", NEW."strict", NEW."max_amount", NEW."max_class", NEW."valid", NEW."excluded", NEW."may_sub")
      ON CONFLICT (id, known_from) DO UPDATE SET ("from_holding_id", "to_holding_id", "grant_id", "delegation_id", "powers", "unit_id", "subtree", "strict", "max_amount", "max_class", "valid", "excluded", "may_sub") = ROW (EXCLUDED."from_holding_id", EXCLUDED."to_holding_id", EXCLUDED."grant_id", EXCLUDED."delegation_id", EXCLUDED."powers", EXCLUDED."unit_id", EXCLUDED."subtree", EXCLUDED."strict", EXCLUDED."max_amount", EXCLUDED."max_class", EXCLUDED."valid", EXCLUDED."excluded", EXCLUDED."may_sub"), known = EXCLUDED.known;
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE TRIGGER delegation_is_known AFTER INSERT OR UPDATE OR DELETE ON delegation FOR EACH ROW EXECUTE FUNCTION delegation_is_known()
-- ;
CREATE TRIGGER power_grant_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON power_grant FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()
-- ;
CREATE TRIGGER delegation_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON delegation FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()
-- ;
CREATE FUNCTION audit.delegation_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'delegation:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on delegation of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER delegation_has_entry AFTER INSERT OR UPDATE OR DELETE ON delegation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.delegation_has_entry()
-- ;
CREATE FUNCTION audit.duty_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'duty:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on duty of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER duty_has_entry AFTER INSERT OR UPDATE OR DELETE ON duty DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.duty_has_entry()
-- ;
CREATE FUNCTION audit.inquiry_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'inquiry:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on inquiry of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER inquiry_has_entry AFTER INSERT OR UPDATE OR DELETE ON inquiry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.inquiry_has_entry()
-- ;
CREATE FUNCTION audit.inquiry_answer_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'inquiry:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.inquiry_id ELSE NEW.inquiry_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on inquiry_answer of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER inquiry_answer_has_entry AFTER INSERT OR UPDATE OR DELETE ON inquiry_answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.inquiry_answer_has_entry()
-- ;
CREATE FUNCTION audit.interest_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'interest:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on interest of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER interest_has_entry AFTER INSERT OR UPDATE OR DELETE ON interest DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.interest_has_entry()
-- ;
CREATE FUNCTION audit.power_grant_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'grant:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on power_grant of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER power_grant_has_entry AFTER INSERT OR UPDATE OR DELETE ON power_grant DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.power_grant_has_entry()
-- ;
INSERT INTO holding_known (id, known_from, known, position_id, person_id, kind, valid)
SELECT id, now(), tstzrange(now(), NULL), position_id, person_id, kind, valid FROM holding
-- ;
ALTER TABLE programme ADD COLUMN budget bigint
-- ;
COMMENT ON COLUMN programme.budget IS 'money it asks for, đồng; none: not stated'
-- ;
COMMENT ON COLUMN programme.state IS 'draft, proposed, approved or issued'
-- ;
COMMENT ON TABLE programme IS 'Programmes of action, work programmes, plans: from the draft to the issued one'
-- ;
-- A longer list of states takes the place of the shorter in the same transaction.
-- squawk-ignore ban-drop-constraint
ALTER TABLE programme DROP CONSTRAINT ck_programme_state
-- ;
-- Programmes are some hundreds: looking them through takes no time.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE programme ADD CONSTRAINT ck_programme_state CHECK (state IN ('draft', 'proposed', 'approved', 'issued'))
-- ;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE programme ADD CONSTRAINT ck_programme_budget CHECK (budget >= 0)
-- ;
CREATE TABLE reading (
	id UUID NOT NULL, 
	reader_id UUID NOT NULL, 
	shape TEXT NOT NULL, 
	minute TIMESTAMP WITH TIME ZONE NOT NULL, 
	times INTEGER NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (id)
)
-- ;
CREATE UNIQUE INDEX uq_reading_once_a_minute ON reading (reader_id, shape, minute)
-- ;
COMMENT ON TABLE reading IS 'What was inspected by whom: one row for equal readings of a minute; the first of them is an entry'
-- ;
COMMENT ON COLUMN reading.id IS 'a reading; UUIDv7'
-- ;
COMMENT ON COLUMN reading.reader_id IS 'who read'
-- ;
COMMENT ON COLUMN reading.shape IS 'what was read, by the name of its shape'
-- ;
COMMENT ON COLUMN reading.minute IS 'the minute it was read in, UTC'
-- ;
COMMENT ON COLUMN reading.times IS 'how often within that minute'
-- ;
ALTER TABLE audit.entry_index ADD COLUMN matter_unit_id uuid, ADD COLUMN amount bigint, ADD COLUMN max_amount bigint, ADD COLUMN delegation_ids uuid[]
-- ;
COMMENT ON COLUMN audit.entry_index.matter_unit_id IS 'the unit whose matter it was; none: before 0.2, or nobody''s'
-- ;
COMMENT ON COLUMN audit.entry_index.amount IS 'amount of the act, đồng'
-- ;
COMMENT ON COLUMN audit.entry_index.max_amount IS 'largest amount its chain allowed, đồng'
-- ;
COMMENT ON COLUMN audit.entry_index.delegation_ids IS 'delegations in the chain that carried it'
-- ;
-- The service is stopped while it migrates: an index may be made the plain way.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX ix_entry_index_act ON audit.entry_index (act, unit_id)
-- ;
-- The service is stopped while it migrates: an index may be made the plain way.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX ix_entry_index_delegation_ids ON audit.entry_index USING gin (delegation_ids) WHERE delegation_ids IS NOT NULL
-- ;
-- The service is stopped while it migrates: an index may be made the plain way.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX ix_entry_index_matter_unit_id ON audit.entry_index (matter_unit_id, act)
-- ;
CREATE VIEW record_entry AS
SELECT event_id AS id, obj, objseq, split_part(obj, ':', 1) AS object_kind, split_part(obj, ':', 2)::uuid AS object_id,
  act, actor_id, post_id, unit_id, matter_unit_id, power, basis_id, nullif(amount, 4611686018427387904) AS amount,
  max_amount, delegation_ids, at, to_timestamp(written.epoch) AS written_at, abs(date_part('epoch', at) - written.epoch) AS away,
  encode(commitment, 'hex') AS commitment
FROM audit.entry_index CROSS JOIN LATERAL (
  SELECT ('x' || left(event_id::text, 8) || substr(event_id::text, 10, 4))::bit(48)::bigint / 1000.0::float8 AS epoch) written
-- ;
COMMENT ON VIEW record_entry IS 'Entries of the record without their content: who acted, when, by which power'
-- ;
CREATE VIEW approval AS
SELECT a.event_id AS id, a.matter_unit_id, a.actor_id AS approver_id, p.actor_id AS proposer_id
FROM audit.entry_index a LEFT JOIN LATERAL (
  SELECT e.actor_id FROM audit.entry_index e WHERE e.obj = a.obj AND e.objseq < a.objseq AND e.act IN ('programme.proposed')
  ORDER BY e.objseq DESC LIMIT 1) p ON true
WHERE a.act IN ('programme.approved')
-- ;
COMMENT ON VIEW approval IS 'Approvals, each with who proposed'
-- ;
CREATE VIEW lent_power AS
SELECT d.id, d.unit_id, d.created_at, lower(d.valid) AS valid_from, upper(d.valid) AS valid_to,
  giver.person_id AS giver_id, receiver.person_id AS receiver_id
FROM delegation d
JOIN holding giver ON giver.id = d.from_holding_id JOIN holding receiver ON receiver.id = d.to_holding_id
-- ;
COMMENT ON VIEW lent_power IS 'Delegations by the persons they lie between'
-- ;
CREATE VIEW delegated_act AS
SELECT d.id AS delegation_id, e.event_id, e.batch_id, e.unit_id, e.matter_unit_id, e.at < d.created_at AS early,
  NOT on_day.day <@ d.valid AND NOT EXISTS (SELECT 1 FROM delegation_known k
    WHERE k.id = d.id AND k.known @> e.at AND on_day.day <@ k.valid AND on_day.day = coalesce(upper(d.valid), lower(k.valid))
      AND on_day.day = (upper(k.known) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS outside
FROM delegation d JOIN audit.entry_index e ON e.delegation_ids @> ARRAY[d.id]
CROSS JOIN LATERAL (SELECT (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) on_day
-- ;
COMMENT ON VIEW delegated_act IS 'Entries of acts that stood on a delegation: before it was recorded, outside its period as it now is'
-- ;
CREATE VIEW power_holder AS
SELECT a.unit_id, given.power, h.person_id, g.id AS grant_id, h.valid * g.valid AS valid
FROM power_grant g CROSS JOIN LATERAL unnest(g.powers) AS given(power)
JOIN unit_ancestor a ON a.ancestor_id = g.unit_id
  AND (g.subtree OR a.unit_id = g.unit_id) AND NOT (g."strict" AND a.unit_id = g.unit_id)
JOIN holding h ON h.position_id = g.position_id
WHERE NOT EXISTS (SELECT 1 FROM unit_ancestor x WHERE x.unit_id = a.unit_id AND x.ancestor_id = ANY(g.excluded))
-- ;
COMMENT ON VIEW power_holder IS 'Who holds which power over which unit by office, and on which days'
-- ;
CREATE VIEW grant_maker AS
SELECT g.id, g.unit_id, e.event_id AS entry_id, e.actor_id AS granter_id, EXISTS (SELECT 1 FROM holding h
  WHERE h.position_id = g.position_id AND h.person_id = e.actor_id AND NOT isempty(h.valid)) AS benefits
FROM power_grant g JOIN audit.entry_index e ON e.obj = 'grant:' || g.id AND e.act = 'grant.given'
-- ;
COMMENT ON VIEW grant_maker IS 'Who gave each grant, and whether he holds, held or will hold the position it is given to'
-- ;
-- Classes: what is restricted stands under `cleared(id)` in scope tables.
CREATE FUNCTION cleared(id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT overlay(id::text PLACING '8' FROM 15 FOR 1)::uuid
$$
-- ;
ALTER TABLE programme ADD COLUMN access_class smallint NOT NULL DEFAULT 1
-- ;
-- What was there has its value; whatever is added says its own.
-- squawk-ignore ban-drop-default
ALTER TABLE programme ALTER COLUMN access_class DROP DEFAULT
-- ;
-- Programmes are some hundreds, and every one has the class given above: looking them through takes no time.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE programme ADD CONSTRAINT ck_programme_access_class CHECK (access_class BETWEEN 0 AND 2)
-- ;
COMMENT ON COLUMN programme.access_class IS '0 public inside the system, 1 internal, 2 restricted; never a state secret'
-- ;
-- The id of a restricted programme's row is no unit's.
-- squawk-ignore ban-drop-constraint
ALTER TABLE programme_scope DROP CONSTRAINT fk_programme_scope_ancestor_id
-- ;
COMMENT ON COLUMN programme_scope.ancestor_id IS 'its owner or a unit above the owner today; of a restricted programme as `cleared` makes it'
-- ;
ALTER TABLE task ADD COLUMN access_class smallint NOT NULL DEFAULT 1
-- ;
-- What was there has its value; whatever is added says its own.
-- squawk-ignore ban-drop-default
ALTER TABLE task ALTER COLUMN access_class DROP DEFAULT
-- ;
-- One reading of the tasks, while the service stands still for the migration.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE task ADD CONSTRAINT ck_task_access_class CHECK (access_class BETWEEN 0 AND 2)
-- ;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX ix_task_restricted ON task (programme_id) WHERE access_class = 2
-- ;
COMMENT ON COLUMN task.access_class IS '0 public inside the system, 1 internal, 2 restricted; never below its programme''s'
-- ;
COMMENT ON COLUMN task_scope.ancestor_id IS 'a unit at or above the owner, the lead or a coordinating unit, or the responsible person; of a restricted task as `cleared` makes it'
-- ;
ALTER TABLE task_count ADD COLUMN restricted bigint NOT NULL DEFAULT 0
-- ;
-- What was there has its value; whatever is added says its own.
-- squawk-ignore ban-drop-default
ALTER TABLE task_count ALTER COLUMN restricted DROP DEFAULT
-- ;
COMMENT ON COLUMN task_count.restricted IS 'how many of them are restricted'
-- ;
CREATE OR REPLACE FUNCTION task_count_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n, restricted)
  SELECT d.lead_id, d.state, sum(d.n), coalesce(sum(d.n) FILTER (WHERE d.access_class = 2), 0)
  FROM (SELECT t.lead_id, t.state, t.access_class, count(*) FROM added t GROUP BY t.lead_id, t.state, t.access_class) AS d(lead_id, state, access_class, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n, restricted = c.restricted + EXCLUDED.restricted;
  RETURN NULL;
END $$
-- ;
CREATE OR REPLACE FUNCTION task_count_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n, restricted)
  SELECT d.lead_id, d.state, sum(d.n), coalesce(sum(d.n) FILTER (WHERE d.access_class = 2), 0)
  FROM (SELECT t.lead_id, t.state, t.access_class, -count(*) FROM removed t GROUP BY t.lead_id, t.state, t.access_class) AS d(lead_id, state, access_class, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n, restricted = c.restricted + EXCLUDED.restricted;
  RETURN NULL;
END $$
-- ;
CREATE OR REPLACE FUNCTION task_count_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n, restricted)
  SELECT d.lead_id, d.state, sum(d.n), coalesce(sum(d.n) FILTER (WHERE d.access_class = 2), 0)
  FROM (VALUES (OLD.lead_id, OLD.state, OLD.access_class, -1::bigint), (NEW.lead_id, NEW.state, NEW.access_class, 1::bigint)) AS d(lead_id, state, access_class, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n, restricted = c.restricted + EXCLUDED.restricted;
  RETURN NULL;
END $$
-- ;
DROP TRIGGER task_count_moved ON task
-- ;
CREATE TRIGGER task_count_moved AFTER UPDATE ON task FOR EACH ROW
  WHEN (OLD.lead_id IS DISTINCT FROM NEW.lead_id OR OLD.state IS DISTINCT FROM NEW.state
    OR OLD.access_class <> NEW.access_class)
  EXECUTE FUNCTION task_count_moved()
-- ;
CREATE FUNCTION task_as_restricted_as_programme() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF (SELECT access_class FROM public.task WHERE id = NEW.id) < (SELECT access_class FROM public.programme WHERE id = NEW.programme_id FOR SHARE) THEN
    RAISE EXCEPTION 'a task of programme % is less restricted than the programme', NEW.programme_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'task_as_restricted_as_programme';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE FUNCTION programme_as_open_as_tasks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.task t JOIN public.programme p ON p.id = t.programme_id WHERE p.id = NEW.id AND t.access_class < p.access_class) THEN
    RAISE EXCEPTION 'a task of programme % is less restricted than the programme', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'task_as_restricted_as_programme';
  END IF;
  RETURN NULL;
END $$
-- ;
CREATE CONSTRAINT TRIGGER task_as_restricted_as_programme AFTER INSERT OR UPDATE OF access_class, programme_id ON task
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION task_as_restricted_as_programme()
-- ;
CREATE CONSTRAINT TRIGGER programme_as_open_as_tasks AFTER UPDATE OF access_class ON programme
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.access_class > OLD.access_class)
  EXECUTE FUNCTION programme_as_open_as_tasks()
-- ;
-- The table begins with this migration.
-- squawk-ignore adding-required-field
ALTER TABLE denial ADD COLUMN access_class smallint NOT NULL
-- ;
COMMENT ON COLUMN denial.access_class IS 'the class of the matter'
