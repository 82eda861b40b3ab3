"""Views the inspection committee's questions are asked over: single acts and holders, not yet gathered into groups.

Groups are gathered in `inspection_shapes.py`, within what the reader inspects: a view cannot know who reads.
"""

from app.authority.rules import WITHOUT_LIMIT

APPROVALS = ("programme.approved",)
"""Facts that are approvals, each with the proposal before it in `PROPOSALS`; a test holds that all are known."""
PROPOSALS = ("programme.proposed",)
ENTRY_COLUMNS = (
    "id",
    "obj",
    "objseq",
    "object_kind",
    "object_id",
    "act",
    "actor_id",
    "post_id",
    "unit_id",
    "matter_unit_id",
    "power",
    "basis_id",
    "amount",
    "max_amount",
    "delegation_ids",
    "at",
    "written_at",
    "away",
    "commitment",
)
"""What is read of an entry, in the order of the view."""


def listed(words: tuple[str, ...]) -> str:
    """The words as an SQL list."""
    return "(" + ", ".join(f"'{one}'" for one in words) + ")"


STATEMENTS = (
    # A power given without a limit is an act of the largest amount there is: told as none.
    # When it was written is told by the entry's own id (UUIDv7: milliseconds in the first 48 bits).
    f"""CREATE VIEW record_entry AS
SELECT event_id AS id, obj, objseq, split_part(obj, ':', 1) AS object_kind, split_part(obj, ':', 2)::uuid AS object_id,
  act, actor_id, post_id, unit_id, matter_unit_id, power, basis_id, nullif(amount, {WITHOUT_LIMIT}) AS amount,
  max_amount, delegation_ids, at, to_timestamp(written.epoch) AS written_at, abs(date_part('epoch', at) - written.epoch) AS away,
  encode(commitment, 'hex') AS commitment
FROM audit.entry_index CROSS JOIN LATERAL (
  SELECT ('x' || left(event_id::text, 8) || substr(event_id::text, 10, 4))::bit(48)::bigint / 1000.0::float8 AS epoch) written""",
    "COMMENT ON VIEW record_entry IS 'Entries of the record without their content: who acted, when, by which power'",
    # The last proposal before the approval: what was sent back and proposed anew is the second proposer's.
    f"""CREATE VIEW approval AS
SELECT a.event_id AS id, a.matter_unit_id, a.actor_id AS approver_id, p.actor_id AS proposer_id
FROM audit.entry_index a LEFT JOIN LATERAL (
  SELECT e.actor_id FROM audit.entry_index e WHERE e.obj = a.obj AND e.objseq < a.objseq AND e.act IN {listed(PROPOSALS)}
  ORDER BY e.objseq DESC LIMIT 1) p ON true
WHERE a.act IN {listed(APPROVALS)}""",
    "COMMENT ON VIEW approval IS 'Approvals, each with who proposed'",
    """CREATE VIEW lent_power AS
SELECT d.id, d.unit_id, d.created_at, lower(d.valid) AS valid_from, upper(d.valid) AS valid_to,
  giver.person_id AS giver_id, receiver.person_id AS receiver_id
FROM delegation d
JOIN holding giver ON giver.id = d.from_holding_id JOIN holding receiver ON receiver.id = d.to_holding_id""",
    "COMMENT ON VIEW lent_power IS 'Delegations by the persons they lie between'",
    # Days as Hanoi counts them, as the periods of delegations are. A delegation that is withdrawn ends with the day before:
    # what stood on it earlier on the day itself, while it was known to be in force, stood within its period.
    """CREATE VIEW delegated_act AS
SELECT d.id AS delegation_id, e.event_id, e.batch_id, e.unit_id, e.matter_unit_id, e.at < d.created_at AS early,
  NOT on_day.day <@ d.valid AND NOT EXISTS (SELECT 1 FROM delegation_known k
    WHERE k.id = d.id AND k.known @> e.at AND on_day.day <@ k.valid AND on_day.day = coalesce(upper(d.valid), lower(k.valid))
      AND on_day.day = (upper(k.known) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS outside
FROM delegation d JOIN audit.entry_index e ON e.delegation_ids @> ARRAY[d.id]
CROSS JOIN LATERAL (SELECT (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) on_day""",
    "COMMENT ON VIEW delegated_act IS 'Entries of acts that stood on a delegation: before it was recorded, outside its period as it now is'",
    # `excluded` are units that moved in below the scope since: neither they nor what lies below them is taken in.
    """CREATE VIEW power_holder AS
SELECT a.unit_id, given.power, h.person_id, g.id AS grant_id, h.valid * g.valid AS valid
FROM power_grant g CROSS JOIN LATERAL unnest(g.powers) AS given(power)
JOIN unit_ancestor a ON a.ancestor_id = g.unit_id
  AND (g.subtree OR a.unit_id = g.unit_id) AND NOT (g."strict" AND a.unit_id = g.unit_id)
JOIN holding h ON h.position_id = g.position_id
WHERE NOT EXISTS (SELECT 1 FROM unit_ancestor x WHERE x.unit_id = a.unit_id AND x.ancestor_id = ANY(g.excluded))""",
    "COMMENT ON VIEW power_holder IS 'Who holds which power over which unit by office, and on which days'",
    """CREATE VIEW grant_maker AS
SELECT g.id, g.unit_id, e.event_id AS entry_id, e.actor_id AS granter_id, EXISTS (SELECT 1 FROM holding h
  WHERE h.position_id = g.position_id AND h.person_id = e.actor_id AND NOT isempty(h.valid)) AS benefits
FROM power_grant g JOIN audit.entry_index e ON e.obj = 'grant:' || g.id AND e.act = 'grant.given'""",
    "COMMENT ON VIEW grant_maker IS 'Who gave each grant, and whether he holds, held or will hold the position it is given to'",
)
