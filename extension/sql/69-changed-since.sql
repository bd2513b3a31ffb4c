-- changed_since: what has changed since a proposal was made
--
-- Plain SQL over the tables: there is no C file for it.

-- A paper that came to the page counts as a change: nobody has decided whether it should
-- move, too. A paper that left the page does not count. Otherwise only one of two
-- proposals for a page could be applied.
CREATE FUNCTION anthology_internal.changed_since(reassignment_id bigint) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    r anthology.reassignment;
    changes text;
BEGIN
    SELECT q.* INTO r FROM anthology.reassignment q WHERE q.id = reassignment_id;
    SELECT string_agg(changed.line, E'\n' ORDER BY changed.line) INTO changes FROM (
        SELECT CASE WHEN a.paper_id IS NULL OR (a.first, a.last) <> (i.first, i.last)
            THEN format('The name "%s %s" is not %s %s of paper %s any more.',
                        i.first, i.last, i.role, i."position", i.paper_id)
            ELSE format('%s %s of paper %s is now on the page of "%s", explicit id %s%s.',
                        initcap(i.role), i."position", i.paper_id, a.person_id,
                        coalesce('"' || a.explicit_person_id || '"', 'none'),
                        CASE WHEN a.orcid IS DISTINCT FROM i.before_orcid
                            THEN ', ORCID ' || coalesce(a.orcid, 'none') END) END
        FROM anthology.reassignment_item i
            LEFT JOIN anthology.authorship a ON a.paper_id = i.paper_id AND a.role = i.role
                AND a."position" = i."position"
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND (a.first, a.last, a.person_id, a.explicit_person_id, a.orcid) IS DISTINCT FROM
                (i.first, i.last, i.before_person_id, i.before_explicit_id, i.before_orcid)
        UNION ALL
        SELECT CASE WHEN c.action = 'create' THEN format('Person "%s" exists now.', c.person_id)
            ELSE format('Person "%s" is not as it was.', c.person_id) END
        FROM anthology.person_change c LEFT JOIN anthology.person p ON p.id = c.person_id
        WHERE c.reassignment_id = reassignment_id AND CASE c.action
            WHEN 'create' THEN p.id IS NOT NULL
            WHEN 'delete' THEN anthology_internal.person_entry(c.person_id) IS DISTINCT
                FROM c.before
            WHEN 'change' THEN anthology_internal.person_entry(c.person_id) IS DISTINCT
                FROM c.before
            ELSE p.verified IS NOT TRUE END
        UNION ALL
        SELECT format('Paper %s has come to the page of "%s".', a.paper_id, r.from_person_id)
        FROM anthology.authorship a
        WHERE a.person_id = r.from_person_id AND r.page_seen <> '{}'
            AND NOT a.paper_id = ANY (r.page_seen)
        UNION ALL
        SELECT format('Person "%s" is not there any more.', r.to_person_id)
        WHERE r.kind = 'reassign' AND r.to_person_id NOT LIKE '%/unverified'
            AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = r.to_person_id)
        UNION ALL
        SELECT format('Reassignment %s is %s already.', o.id, o.status)
        FROM anthology.reassignment o WHERE o.id = r.undoes AND o.status <> 'applied'
        ) AS changed(line);
    RETURN changes;
END
$$;
COMMENT ON FUNCTION anthology_internal.changed_since(bigint) IS
    'what a proposal was made on and is not so any more, a line each; NULL if all is as it was';
