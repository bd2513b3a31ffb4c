-- name_slug: the Anthology's slug of a name.
CREATE EXTENSION IF NOT EXISTS anthology;
