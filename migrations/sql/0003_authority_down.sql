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
