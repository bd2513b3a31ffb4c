#!/usr/bin/env python3
"""Writes name_frequency.inc: how common the words of names are in the ACL Anthology.

Source: oracle/slugs.tsv of the Anthology release 2024-08, each name counted once
(92,110 names). Words that occur fewer than LEAST times are left out and count as
rare. Run it as
    python3 extension/core/generate_name_frequency.py CORPUS > extension/core/name_frequency.inc
"""
import collections
import math
import re
import sys

from generate_name_fold import fold

LEAST = 3
LETTERS = 14                    # of the longest word, as in name_frequency.c
BUCKETS = 4096


def is_umlaut_digraph(word, i):
    """As is_umlaut_digraph in name_letters.c."""
    vowels = 'aeiouy'
    before = word[i - 1] if i else 't'
    if word[i:i + 2] not in ('ae', 'oe', 'ue') or i + 3 >= len(word) or before in vowels + 'q':
        return False
    following, second = word[i + 2], word[i + 3]
    if following in vowels + 'w':
        return False
    cluster = second not in vowels + 'w' and following + second != 'ng'
    if word[i + 2:] == 'ls':
        return False
    if before == 'g' and word[i] == 'u' and following == 'r':
        return False
    if second == 'h':
        cluster = i + 4 < len(word) and word[i + 4] not in vowels + 'w'
    if cluster or word[i + 3:i + 5] == 'er':
        return True
    return word[i] == 'o' or (word[i] == 'u' and before not in 'gxyjln')


def fold_digraphs(word):
    """As fold_digraphs in name_letters.c."""
    vowels = 'aeiouy'
    i = 0
    while i + 1 < len(word):
        pair = word[i:i + 2]
        if i == 0 and pair == 'dj' and len(word) >= 4 and word[2] in vowels:
            word = word[0] + word[2:]
        elif len(word) < 5:
            break
        elif pair == 'aa':
            word = word[:i + 1] + word[i + 2:]
        elif is_umlaut_digraph(word, i):
            word = word[:i + 1] + word[i + 2:]
        i += 1
    return word


def words(text):
    text = ''.join(fold(c) if fold(c) else '' if c in "'`’‘ʼ´" else c for c in text).lower()
    return {fold_digraphs(w) for w in re.findall('[a-z0-9]+', text)}


def bucket(word):
    """As bucket_of in name_frequency.c."""
    head = int.from_bytes(word.encode()[:8].ljust(8, b'\0'), 'little')
    return (head * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) >> 52


family = collections.Counter()
given = collections.Counter()
names = 0
for line in open(sys.argv[1] + '/oracle/slugs.tsv', encoding='utf-8'):
    first, last, _ = line.rstrip('\n').split('\t')
    names += 1
    family.update(w for w in words(last) if len(w) > 1)
    given.update(w for w in words(first) if len(w) > 1)

known = collections.defaultdict(lambda: [0, 0])
for word, count in family.items():
    known[word][0] += count
for word, count in given.items():
    known[word][1] += count
buckets = collections.defaultdict(list)
for word in sorted(known):
    if max(known[word]) >= LEAST and len(word) <= LETTERS:
        buckets[bucket(word)].append(word)

print('/* Written by generate_name_frequency.py from %d names; do not edit. */' % names)
print('/* word, then 8 log2 of its count as family and as given name */')
print('static const FrequencyWord frequency_words[] = {')
row = ''
starts = []
total = 0
for b in range(BUCKETS):
    starts.append(total)
    for word in buckets[b]:
        ranks = [round(8 * math.log2(c)) if c else 0 for c in known[word]]
        cell = '{"%s", %d, %d}, ' % (word, *ranks)
        if len(row) + len(cell) > 95:
            print('\t' + row.rstrip())
            row = ''
        row += cell
        total += 1
print('\t' + row.rstrip(', '))
print('};\n')
starts.append(total)
print('static const uint16_t frequency_buckets[] = {')
row = ''
for start in starts:
    cell = '%d, ' % start
    if len(row) + len(cell) > 95:
        print('\t' + row.rstrip())
        row = ''
    row += cell
print('\t' + row.rstrip(', '))
print('};')
