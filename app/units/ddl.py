"""The tree kept by the database: ancestors follow every change of a parent, and no change closes a loop."""

STATEMENTS = (
    # The advisory lock makes moves go one at a time even from plain SQL; statements inside see what others committed.
    """CREATE FUNCTION unit_tree_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
END $$""",
    "CREATE TRIGGER unit_tree_begins AFTER INSERT ON unit FOR EACH ROW EXECUTE FUNCTION unit_tree_follows()",
    (
        "CREATE TRIGGER unit_tree_moves AFTER UPDATE OF parent_id ON unit FOR EACH ROW"
        " WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION unit_tree_follows()"
    ),
    "CREATE TRIGGER unit_tree_raises_epoch AFTER UPDATE OF parent_id, kind ON unit FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()",
)
