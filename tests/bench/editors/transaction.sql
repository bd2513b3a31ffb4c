-- Several steps in one transaction, which keeps its locks: the order must hold.
BEGIN;
\set n random(1, 4)
\set m random(1, 4)
SELECT editors.step((ARRAY['reject', 'review', 'propose', 'read'])[:n]);
SELECT editors.step((ARRAY['apply', 'undo', 'reassign', 'load'])[:m]);
COMMIT;
