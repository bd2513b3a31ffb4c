#!/usr/bin/env python3
"""The plain measures a second time, as their definitions read: slow and obvious.

    measures.py PROGRAM

compares PROGRAM (tests/unit/measures.c) with them on random pairs and writes TAP.
"""
import random
import subprocess
import sys


def jaro(a, b):
    if not a and not b:
        return 1.0
    window = max(max(len(a), len(b)) // 2 - 1, 0)
    partners = []
    taken = [False] * len(b)
    for i, c in enumerate(a):
        for j in range(max(0, i - window), min(len(b), i + window + 1)):
            if not taken[j] and b[j] == c:
                taken[j] = True
                partners.append(c)
                break
    if not partners:
        return 0.0
    others = [c for c, t in zip(b, taken) if t]
    swapped = sum(x != y for x, y in zip(partners, others)) // 2
    m = len(partners)
    return (m / len(a) + m / len(b) + (m - swapped) / m) / 3


def jaro_winkler(a, b):
    similarity = jaro(a, b)
    prefix = 0
    while prefix < min(4, len(a), len(b)) and a[prefix] == b[prefix]:
        prefix += 1
    return similarity + prefix * 0.1 * (1 - similarity) if similarity > 0.7 else similarity


def damerau_levenshtein(a, b):
    """The whole matrix, after Lowrance and Wagner (1975)."""
    infinite = len(a) + len(b)
    last_row = {}
    d = {(-1, -1): infinite}
    for i in range(len(a) + 1):
        d[i, -1] = infinite
        d[i, 0] = i
    for j in range(len(b) + 1):
        d[-1, j] = infinite
        d[0, j] = j
    for i in range(1, len(a) + 1):
        last_column = 0
        for j in range(1, len(b) + 1):
            k, l = last_row.get(b[j - 1], 0), last_column
            equal = a[i - 1] == b[j - 1]
            if equal:
                last_column = j
            d[i, j] = min(d[i - 1, j - 1] + (not equal), d[i, j - 1] + 1, d[i - 1, j] + 1,
                          d[k - 1, l - 1] + (i - k - 1) + 1 + (j - l - 1))
        last_row[a[i - 1]] = i
    return d[len(a), len(b)]


def jaccard(a, b):
    return len(set(a) & set(b)) / len(set(a) | set(b)) if a or b else 1.0


def pairs():
    fixed = ['', 'a', 'ab', 'ba', 'CA', 'ABC', 'MARTHA', 'MARHTA', 'DIXON', 'DICKSONX', 'Müller',
             'Mu\u0308ller', '刘洋', '刘杨', '😀😁', 'x' * 70, 'x' * 64 + 'y']
    for a in fixed:
        for b in fixed:
            yield a, b
    random.seed(20240801)
    alphabets = ['ab', 'abcd', 'abcdefghijklmnopqrstuvwxyz ', 'aäbß刘洋😀\u0301\u200b']
    for n in range(4000):
        letters = alphabets[n % 4]
        a = [random.choice(letters) for _ in range(random.randint(0, 70 if n % 10 == 0 else 12))]
        b = list(a)
        for _ in range(random.randint(0, 8)):
            at = random.randint(0, len(b))
            if random.random() < 0.4 and at + 1 < len(b):
                b[at], b[at + 1] = b[at + 1], b[at]
            elif random.random() < 0.5:
                b.insert(at, random.choice(letters))
            else:
                del b[at:at + 1]
        yield ''.join(a), ''.join(b)


def main():
    cases = list(pairs())
    lines = ''.join('%s,%s\n' % (a.encode().hex(), b.encode().hex()) for a, b in cases)
    out = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True)
    results = [line.split() for line in out.stdout.splitlines()]
    assert len(results) == len(cases)
    for number, reference in enumerate([jaro, jaro_winkler, damerau_levenshtein, jaccard], 1):
        wrong = [(a, b, r[number - 1], reference(a, b)) for (a, b), r in zip(cases, results)
                 if abs(float(r[number - 1]) - reference(a, b)) > 1e-9]
        print('%sok %d - %s is as its definition on %d pairs'
              % ('not ' if wrong else '', number, reference.__name__, len(cases)))
        for case in wrong[:5]:
            print('#', case)
    print('1..4')


main()
