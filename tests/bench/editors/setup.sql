-- What the clients do, one step a call. A refusal that an editor would meet too
-- (somebody was faster) is an outcome; any other error ends the client.
CREATE SCHEMA editors;
CREATE TABLE editors.outcome (kind text, outcome text);
CREATE TABLE editors.start AS SELECT paper_id, role, "position", first, last, person_id FROM anthology.authorship;

SELECT anthology.create_person('Nova', 'Quist' || chr(96 + n), degree => 'Uni') FROM generate_series(1, 8) AS n;

CREATE FUNCTION editors.step(kind text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    page text := (SELECT p.id FROM anthology.person p
        WHERE EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id) ORDER BY random() LIMIT 1);
    target text := (SELECT p.id FROM anthology.person p WHERE p.verified AND p.id <> page ORDER BY random() LIMIT 1);
    papers text[] := ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
        WHERE a.person_id = page AND random() < 0.5);
    id bigint;
BEGIN
    CASE kind
        WHEN 'propose' THEN
            PERFORM anthology.propose_reassignment(papers, page, target, 'bench');
        WHEN 'apply' THEN
            SELECT r.id INTO id FROM anthology.reassignment r WHERE r.status = 'proposed' ORDER BY random() LIMIT 1;
            PERFORM anthology.apply_reassignment(id);
        WHEN 'reject' THEN
            SELECT r.id INTO id FROM anthology.reassignment r WHERE r.status = 'proposed' ORDER BY random() LIMIT 1;
            PERFORM anthology.reject_reassignment(id, 'bench') WHERE id IS NOT NULL;
        WHEN 'undo' THEN
            SELECT r.id INTO id FROM (SELECT q.id FROM anthology.reassignment q WHERE q.status = 'applied'
                ORDER BY q.id DESC LIMIT 6) AS r ORDER BY random() LIMIT 1;
            PERFORM anthology.undo_reassignment(id) WHERE id IS NOT NULL;
        WHEN 'reassign' THEN
            PERFORM anthology.reassign_papers(papers, page, target);
        WHEN 'merge' THEN
            PERFORM anthology.undo_reassignment(anthology.merge_persons(page, target));
        WHEN 'name' THEN
            PERFORM anthology.add_name(target, 'N' || floor(random() * 1000), 'Quist');
        WHEN 'preview' THEN
            SELECT r.id INTO id FROM anthology.reassignment r ORDER BY random() LIMIT 1;
            PERFORM * FROM anthology.preview_reassignment(id);
        WHEN 'review' THEN
            SELECT f.id INTO id FROM anthology.assignment_flag f WHERE f.status = 'open' ORDER BY random() LIMIT 1;
            PERFORM anthology.review_flag(id, CASE WHEN random() < 0.5 THEN 'confirmed' ELSE 'dismissed' END)
                WHERE id IS NOT NULL;
        WHEN 'judge' THEN
            PERFORM anthology.judge_new_assignments();
        WHEN 'read' THEN
            PERFORM * FROM anthology.person_page(page);
            PERFORM * FROM anthology.find_person('Nova Quist', 5);
            PERFORM * FROM anthology.history(target);
        WHEN 'load' THEN
            PERFORM * FROM anthology.import_collection((SELECT xmlparse(DOCUMENT c.source) FROM anthology.collection c
                ORDER BY random() LIMIT 1));
        WHEN 'count' THEN
            PERFORM anthology.refresh_term_statistics(true);
    END CASE;
    INSERT INTO editors.outcome VALUES (kind, 'done');
EXCEPTION
    WHEN object_not_in_prerequisite_state OR undefined_object OR unique_violation OR invalid_parameter_value THEN
        INSERT INTO editors.outcome VALUES (kind, SQLERRM);
END
$$;
