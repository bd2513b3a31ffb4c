-- views: definitions of the views that people and reporting tools read
--
-- Views belong to whoever calls create_tables(), as the tables do, and pg_dump carries
-- them. DROP EXTENSION ... CASCADE drops those that call our functions; create_tables()
-- makes them again. No view shows a former name that the person hides.
-- Plain SQL: there is no C file for these.

CREATE FUNCTION anthology_internal.views() RETURNS SETOF table_part
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('shown_authorship', 'view', NULL,
     'SELECT a.paper_id, a.role, a."position", a.person_id,
          coalesce((SELECT c.full_name
                    FROM anthology.person_name h
                        JOIN anthology.person_name c
                            ON c.person_id = h.person_id AND c."position" = 1
                    WHERE h.hidden AND h.person_id = a.person_id AND h.full_name = a.full_name
                    LIMIT 1), a.full_name) AS name
      FROM anthology.authorship a',
     'the names on papers as they are to be shown: a former name as the present one'),
    ('shown_authorship', 'view column', 'paper_id', NULL, 'the paper'),
    ('shown_authorship', 'view column', 'role', NULL, '"author", "editor" or "speaker"'),
    ('shown_authorship', 'view column', 'position', NULL,
     'the place among the names of that role, from 1'),
    ('shown_authorship', 'view column', 'person_id', NULL,
     'the person; NULL if the name does not resolve'),
    ('shown_authorship', 'view column', 'name', NULL, 'the name'),

    ('paper_overview', 'view', NULL,
     'SELECT p.id, anthology.abstract_plain(p.title) AS title, p.year, p.type, p.volume_id,
          (SELECT string_agg(coalesce((SELECT v.name FROM anthology.venue v WHERE v.id = i.id),
                                      i.id), '', '' ORDER BY i.n)
           FROM unnest(w.venue_ids) WITH ORDINALITY AS i(id, n)) AS venues,
          w.venue_ids,
          (SELECT string_agg(a.name, '', '' ORDER BY a."position")
           FROM anthology.shown_authorship a
           WHERE a.paper_id = p.id AND a.role <> ''editor'') AS authors,
          ARRAY(SELECT a.person_id FROM anthology.shown_authorship a
                WHERE a.paper_id = p.id AND a.role <> ''editor''
                ORDER BY a."position") AS author_ids,
          (SELECT string_agg(a.name, '', '' ORDER BY a."position")
           FROM anthology.shown_authorship a
           WHERE a.paper_id = p.id AND a.role = ''editor'') AS editors,
          anthology.abstract_plain(p.abstract) AS abstract, p.doi
      FROM anthology.paper p LEFT JOIN anthology.volume w ON w.id = p.volume_id',
     'papers as plain text, with venues and authors'),
    ('paper_overview', 'view column', 'id', NULL, 'the full id, as in "2024.acl-long.1"'),
    ('paper_overview', 'view column', 'title', NULL, 'the title without markup and TeX'),
    ('paper_overview', 'view column', 'year', NULL, 'the year'),
    ('paper_overview', 'view column', 'type', NULL,
     '"frontmatter", "backmatter", "talk" and the like; NULL for most papers'),
    ('paper_overview', 'view column', 'volume_id', NULL, 'the volume; NULL for a talk'),
    ('paper_overview', 'view column', 'venues', NULL, 'the names of the venues'),
    ('paper_overview', 'view column', 'venue_ids', NULL, 'the ids of the venues'),
    ('paper_overview', 'view column', 'authors', NULL,
     'the names of the authors in order; of a talk, the speakers'),
    ('paper_overview', 'view column', 'author_ids', NULL,
     'the persons in the same order; NULL for a name that does not resolve'),
    ('paper_overview', 'view column', 'editors', NULL, 'the names of the editors in order'),
    ('paper_overview', 'view column', 'abstract', NULL, 'the abstract without markup and TeX'),
    ('paper_overview', 'view column', 'doi', NULL, 'the DOI'),

    ('person_overview', 'view', NULL,
     'SELECT p.id, n.full_name AS name, p.verified,
          ARRAY(SELECT m.full_name FROM anthology.person_name m
                WHERE m.person_id = p.id AND m."position" > 1 AND NOT m.hidden
                ORDER BY m."position") AS other_names,
          w.papers, w.first_year, w.last_year, p.orcid, p.degree, p.comment
      FROM anthology.person p
          LEFT JOIN anthology.person_name n ON n.person_id = p.id AND n."position" = 1
          LEFT JOIN LATERAL (
              SELECT count(DISTINCT a.paper_id) AS papers, min(q.year) AS first_year,
                  max(q.year) AS last_year
              FROM anthology.authorship a JOIN anthology.paper q ON q.id = a.paper_id
              WHERE a.person_id = p.id) AS w ON true',
     'persons with their names, the number of their papers and the years of these'),
    ('person_overview', 'view column', 'id', NULL, 'the id of the person'),
    ('person_overview', 'view column', 'name', NULL, 'the canonical name'),
    ('person_overview', 'view column', 'verified', NULL,
     'whether the person is in people.json or people.yaml'),
    ('person_overview', 'view column', 'other_names', NULL, 'the other names'),
    ('person_overview', 'view column', 'papers', NULL,
     'the papers that name the person as author, editor or speaker'),
    ('person_overview', 'view column', 'first_year', NULL, 'the year of the first of them'),
    ('person_overview', 'view column', 'last_year', NULL, 'the year of the last of them'),
    ('person_overview', 'view column', 'orcid', NULL, 'the ORCID'),
    ('person_overview', 'view column', 'degree', NULL, 'the institution of the highest degree'),
    ('person_overview', 'view column', 'comment', NULL,
     'what tells the person from others of that name'),

    ('coauthor_pair', 'view', NULL,
     'SELECT g.person_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = g.person_id AND n."position" = 1) AS name,
          g.coauthor_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = g.coauthor_id AND n."position" = 1) AS coauthor_name,
          g.papers, g.first_year, g.last_year
      FROM (SELECT a.person_id, c.person_id AS coauthor_id, count(DISTINCT a.paper_id) AS papers,
                min(p.year) AS first_year, max(p.year) AS last_year
            FROM anthology.authorship a
                JOIN anthology.authorship c
                    ON c.paper_id = a.paper_id AND c.person_id <> a.person_id
                JOIN anthology.paper p ON p.id = a.paper_id
            GROUP BY a.person_id, c.person_id) AS g',
     'who has papers with whom: a row for each of the two'),
    ('coauthor_pair', 'view column', 'person_id', NULL, 'a person'),
    ('coauthor_pair', 'view column', 'name', NULL, 'the person''s canonical name'),
    ('coauthor_pair', 'view column', 'coauthor_id', NULL, 'another person on the same papers'),
    ('coauthor_pair', 'view column', 'coauthor_name', NULL, 'the other''s canonical name'),
    ('coauthor_pair', 'view column', 'papers', NULL, 'the number of papers that name both'),
    ('coauthor_pair', 'view column', 'first_year', NULL, 'the year of the first of them'),
    ('coauthor_pair', 'view column', 'last_year', NULL, 'the year of the last of them'),

    ('open_flag', 'view', NULL,
     'SELECT f.id, f.score, f.kind, f.reason, f.paper_id,
          anthology.abstract_plain(p.title) AS title, p.year, f.role, f."position",
          anthology.shown_name(f.person_id, f.credited_name) AS credited_name, f.person_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = f.person_id AND n."position" = 1) AS name,
          f.suggested_person_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = f.suggested_person_id AND n."position" = 1) AS suggested_name,
          f.source, f.flagged_by, f.flagged_at
      FROM anthology.assignment_flag f LEFT JOIN anthology.paper p ON p.id = f.paper_id
      WHERE f.status = ''open''',
     'the review queue: suspicious assignments that nobody has reviewed yet'),
    ('open_flag', 'view column', 'id', NULL, 'the number that review_flag() takes'),
    ('open_flag', 'view column', 'score', NULL, 'the probability that the paper is the person''s'),
    ('open_flag', 'view column', 'kind', NULL,
     'what speaks against it: content, or the kind of contradiction'),
    ('open_flag', 'view column', 'reason', NULL, 'why it seemed suspicious'),
    ('open_flag', 'view column', 'paper_id', NULL, 'the paper'),
    ('open_flag', 'view column', 'title', NULL, 'its title without markup and TeX'),
    ('open_flag', 'view column', 'year', NULL, 'its year'),
    ('open_flag', 'view column', 'role', NULL, 'the role of the name on it'),
    ('open_flag', 'view column', 'position', NULL, 'the place of the name'),
    ('open_flag', 'view column', 'credited_name', NULL,
     'the name on the paper, as it is to be shown'),
    ('open_flag', 'view column', 'person_id', NULL, 'the person it is assigned to'),
    ('open_flag', 'view column', 'name', NULL, 'that person''s canonical name'),
    ('open_flag', 'view column', 'suggested_person_id', NULL, 'the person it could be instead'),
    ('open_flag', 'view column', 'suggested_name', NULL, 'that person''s canonical name'),
    ('open_flag', 'view column', 'source', NULL, 'the table that holds the assignment'),
    ('open_flag', 'view column', 'flagged_by', NULL, 'the role that made the assignment'),
    ('open_flag', 'view column', 'flagged_at', NULL, 'when'),

    ('correction', 'view', NULL,
     'SELECT r.id, r.kind, r.status, r.from_person_id, r.to_person_id,
          i.chosen, i.side_effects, r.note, r.proposed_at,
          r.proposed_by || coalesce('' for '' || r.proposed_for, '''') AS proposed_by,
          r.decided_at, r.decided_by || coalesce('' for '' || r.decided_for, '''') AS decided_by,
          r.decision_note, r.undoes
      FROM anthology.reassignment r
          LEFT JOIN LATERAL (
              SELECT count(*) FILTER (WHERE m.cause = ''selected'') AS chosen,
                  count(*) FILTER (WHERE m.cause = ''side effect'') AS side_effects
              FROM anthology.reassignment_item m
              WHERE m.reassignment_id = r.id) AS i ON true',
     'every correction: what, who, when and why'),
    ('correction', 'view column', 'id', NULL,
     'the number that apply_reassignment() and undo_reassignment() take'),
    ('correction', 'view column', 'kind', NULL, 'what is done, as in "reassign" or "merge"'),
    ('correction', 'view column', 'status', NULL, '"proposed", "applied", "rejected" or "undone"'),
    ('correction', 'view column', 'from_person_id', NULL, 'the person whose page loses papers'),
    ('correction', 'view column', 'to_person_id', NULL, 'the person whose page gains them'),
    ('correction', 'view column', 'chosen', NULL, 'how many names on papers were chosen'),
    ('correction', 'view column', 'side_effects', NULL,
     'how many others move by the rule of names'),
    ('correction', 'view column', 'note', NULL, 'why it was proposed'),
    ('correction', 'view column', 'proposed_at', NULL, 'when it was proposed'),
    ('correction', 'view column', 'proposed_by', NULL,
     'the role that logged in, and the person at work if the application said it'),
    ('correction', 'view column', 'decided_at', NULL, 'when it was applied, rejected or undone'),
    ('correction', 'view column', 'decided_by', NULL, 'by whom, likewise'),
    ('correction', 'view column', 'decision_note', NULL, 'why it was decided so'),
    ('correction', 'view column', 'undoes', NULL, 'the correction that this one undoes')
$$;
COMMENT ON FUNCTION anthology_internal.views() IS
    'definitions of the views that people and reporting tools read';
