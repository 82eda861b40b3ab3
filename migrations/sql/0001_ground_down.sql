DROP VIEW found
-- ;
DROP SCHEMA audit CASCADE
-- ;
DROP TABLE target_part, task_scope, task_indicator, task_coordinator, task_candidate, task_basis, target, milestone, measurement, deliverable, task, indicator, import_row, programme_scope, programme_parent, programme_addressee, content_group, annex_import, programme, holding, clause, calendar_day, unit_successor, unit_period, unit_alias, task_count, position, document, unit_ancestor, unit, person, outbox, idempotency_key, demo_issuer, mark, seal, epoch CASCADE
-- ;
DO $$
DECLARE one regprocedure;
BEGIN
  FOR one IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND pg_get_userbyid(p.proowner) = current_user
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype IN ('i', 'e'))
  LOOP
    EXECUTE 'DROP FUNCTION ' || one || ' CASCADE';
  END LOOP;
END $$
-- ;
DROP TYPE uuidrange
