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
DROP TABLE delegation_known, power_grant_known, holding_known, denial, exercise, inquiry_answer, inquiry, interest, duty, delegation, power_grant
-- ;
DROP FUNCTION holding_is_known(), power_grant_is_known(), delegation_is_known()
-- ;
DROP FUNCTION audit.power_grant_has_entry(), audit.delegation_has_entry(), audit.duty_has_entry(), audit.interest_has_entry(), audit.inquiry_has_entry(), audit.inquiry_answer_has_entry()
