-- full ids of volumes and papers

SELECT c, v, p, anthology_internal.volume_full_id(c, v), anthology_internal.paper_full_id(c, v, p)
FROM (VALUES
    ('2024.acl', 'long', '1'),
    ('2024.acl', 'long', '0'),
    ('P19', '1', '1'),
    ('P19', '1', '1001'),
    ('W19', '50', '1'),
    ('W05', '1', '0'),
    ('C69', '1', '1'),
    ('C70', '1', '1'),
    ('D19', '1', '12'),
    ('D19', '4', '12'),
    ('D19', '5', '12'),
    ('D19', '50', '12'),
    ('D18', '5', '12')) AS x(c, v, p);
