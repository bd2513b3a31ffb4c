-- the last step of installing and updating: see 78-grants.sql

SELECT anthology_internal.set_privileges('@extowner@'::regrole);
