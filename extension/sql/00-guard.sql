-- anthology: author names, abstracts and paper assignments of the ACL Anthology
\echo Use "CREATE EXTENSION anthology" to load this file. \quit

-- Functions over the corpus name tables that create_tables() makes later.
SET LOCAL check_function_bodies = off;
