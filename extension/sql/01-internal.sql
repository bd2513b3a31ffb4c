-- the schema of the functions that others are made of
--
-- What is meant for use is in the schema anthology: so "\df anthology.*" and completion
-- show that. So are the functions that tables, triggers and views name, for a dump of
-- them has to find them. All others are here; sql/catalog.sql lists what is in the wrong
-- place. The script of an extension makes this schema itself, so CREATE EXTENSION fails
-- where there is one of that name already.
-- Plain SQL: there is no C file for these.

CREATE SCHEMA anthology_internal;
COMMENT ON SCHEMA anthology_internal IS
    'functions that those in the schema anthology call; not for use, they change with any version';

-- They run with the caller's rights unless granted_functions() keeps them from PUBLIC, and
-- whoever may call a function of anthology calls these by it.
GRANT USAGE ON SCHEMA anthology_internal TO PUBLIC;
