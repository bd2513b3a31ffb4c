-- orcid_normalize: form and check digit (examples from orcid.org's own documentation)
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS anthology;
RESET client_min_messages;

SELECT o, anthology.orcid_normalize(o) FROM (VALUES
    ('0000-0002-1825-0097'),
    ('0000-0002-1694-233X'),
    ('0000-0002-1694-233x'),
    ('https://orcid.org/0000-0002-1825-0097'),
    ('http://www.orcid.org/0000-0002-1825-0097/'),
    (' 0000000218250097 '),
    ('0000-0002-1825-0098'),
    ('0000-0002-1825-009'),
    ('0000-0002-1825-00977'),
    ('0000-0002--1825-0097'),
    ('X000-0002-1825-0097'),
    ('-0000-0002-1825-0097'),
    ('0000-0002-1825-0097-'),
    (''),
    ('orcid')) AS v(o);
