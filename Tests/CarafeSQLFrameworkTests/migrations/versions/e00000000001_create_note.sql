-- revision: e00000000001
-- down_revision: none
-- message: create "note" \(1)

-- migrate: up
CREATE TABLE note (text TEXT DEFAULT '\n"""#');

-- migrate: down
DROP TABLE note;
