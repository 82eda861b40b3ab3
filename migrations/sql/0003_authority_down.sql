ALTER TABLE programme DROP CONSTRAINT ck_programme_budget
-- ;
ALTER TABLE programme DROP CONSTRAINT ck_programme_state
-- ;
ALTER TABLE programme ADD CONSTRAINT ck_programme_state CHECK (state IN ('draft', 'issued'))
-- ;
ALTER TABLE programme DROP COLUMN budget
-- ;
DROP TRIGGER holding_is_known ON holding
-- ;
DROP VIEW grant_maker, power_holder, delegated_act, lent_power, approval, record_entry
-- ;
DROP INDEX audit.ix_entry_index_matter_unit_id, audit.ix_entry_index_act, audit.ix_entry_index_delegation_ids
-- ;
ALTER TABLE audit.entry_index DROP COLUMN matter_unit_id, DROP COLUMN amount, DROP COLUMN max_amount, DROP COLUMN delegation_ids
-- ;
DROP TABLE delegation_known, power_grant_known, holding_known, denial, reading, exercise, inquiry_answer, inquiry, interest, duty, delegation, power_grant
-- ;
DROP FUNCTION holding_is_known(), power_grant_is_known(), delegation_is_known()
-- ;
DROP FUNCTION audit.power_grant_has_entry(), audit.delegation_has_entry(), audit.duty_has_entry(), audit.interest_has_entry(), audit.inquiry_has_entry(), audit.inquiry_answer_has_entry()
-- ;
DROP TRIGGER programme_as_open_as_tasks ON programme
-- ;
DROP TRIGGER task_as_restricted_as_programme ON task
-- ;
DROP FUNCTION programme_as_open_as_tasks(), task_as_restricted_as_programme()
-- ;
DROP TRIGGER task_count_moved ON task
-- ;
CREATE OR REPLACE FUNCTION task_count_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM (SELECT t.lead_id, t.state, count(*) FROM added t GROUP BY t.lead_id, t.state) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$
-- ;
CREATE OR REPLACE FUNCTION task_count_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM (SELECT t.lead_id, t.state, -count(*) FROM removed t GROUP BY t.lead_id, t.state) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$
-- ;
CREATE OR REPLACE FUNCTION task_count_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM (VALUES (OLD.lead_id, OLD.state, -1::bigint), (NEW.lead_id, NEW.state, 1::bigint)) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$
-- ;
CREATE TRIGGER task_count_moved AFTER UPDATE ON task FOR EACH ROW
  WHEN (OLD.lead_id IS DISTINCT FROM NEW.lead_id OR OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION task_count_moved()
-- ;
ALTER TABLE task_count DROP COLUMN restricted
-- ;
COMMENT ON COLUMN task_scope.ancestor_id IS 'a unit at or above the owner, the lead or a coordinating unit; or the responsible person'
-- ;
ALTER TABLE task DROP COLUMN access_class
-- ;
COMMENT ON COLUMN programme_scope.ancestor_id IS 'its owner or a unit above the owner today'
-- ;
ALTER TABLE programme_scope ADD CONSTRAINT fk_programme_scope_ancestor_id FOREIGN KEY(ancestor_id) REFERENCES unit (id)
-- ;
ALTER TABLE programme DROP COLUMN access_class
-- ;
DROP FUNCTION cleared(uuid)
