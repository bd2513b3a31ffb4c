-- Steps of one kind each, in transactions of their own.
\set n random(0, 99)
SELECT editors.step((ARRAY['propose', 'apply', 'reject', 'undo', 'reassign', 'merge', 'name', 'preview', 'review', 'read', 'load', 'count', 'judge'])[width_bucket(:n, ARRAY[0, 18, 33, 37, 50, 60, 65, 68, 74, 79, 95, 97, 98])]);
