#!/usr/bin/env python3
"""Writes name_syllables.inc: how the syllables of Chinese and Korean names are spelt.

Mandarin: the syllables of Hanyu Pinyin, and by rule their spellings in the other
systems that are met in names: Wade-Giles (as names have it, without apostrophes
and diaereses), Tongyong Pinyin and MPS II. Korean: syllables of names, and by rule
the spellings of their letters: Revised Romanization, McCune-Reischauer without
breves, and the English ways. A spelling may stand for several syllables: Chang is
Zhang or Chang. Run it as
    python3 extension/core/generate_name_syllables.py > extension/core/name_syllables.inc
"""
import collections
import unicodedata

# Finals as Pinyin writes them behind a consonant (v: ü), and the initials they follow.
FINALS = """
a     b p m f d t n l g k h zh ch sh z c s
o     b p m f
e     m d t n l g k h zh ch sh r z c s
ai    b p m d t n l g k h zh ch sh z c s
ei    b p m f d n l g h zh sh z
ao    b p m d t n l g k h zh ch sh r z c s
ou    p m f d t n l g k h zh ch sh r z c s
an    b p m f d t n l g k h zh ch sh r z c s
en    b p m f d n g k h zh ch sh r z c s
ang   b p m f d t n l g k h zh ch sh r z c s
eng   b p m f d t n l g k h zh ch sh r z c s
ong   d t n l g k h zh ch r z c s
i     b p m d t n l j q x zh ch sh r z c s
ia    l j q x
ie    b p m d t n l j q x
iao   b p m d t n l j q x
iu    m d n l j q x
ian   b p m d t n l j q x
in    b p m n l j q x
iang  n l j q x
ing   b p m d t n l j q x
iong  j q x
u     b p m f d t n l g k h zh ch sh r z c s
ua    g k h zh ch sh
uo    d t n l g k h zh ch sh r z c s
uai   g k h zh ch sh
ui    d t g k h zh ch sh r z c s
uan   d t n l g k h zh ch sh r z c s
un    d t n l g k h zh ch sh r z c s
uang  g k h zh ch sh
v     n l j q x
ve    n l j q x
van   j q x
vn    j q x
"""
# Syllables without an initial: Pinyin, then Wade-Giles, Tongyong, MPS II.
ALONE = """
a a a a
o o o o
e e,o e e
ai ai ai ai
ei ei ei ei
ao ao ao au
ou ou ou ou
an an an an
en en en en
ang ang ang ang
er erh er er
yi i,yi yi yi
ya ya ya ya
ye yeh ye ye
yao yao yao yau
you yu you you
yan yen yan yan
yin yin yin yin
yang yang yang yang
ying ying ying ying
yong yung yong yung
wu wu wu wu
wa wa wa wa
wo wo wo wo
wai wai wai wai
wei wei wei wei
wan wan wan wan
wen wen wun wen
wang wang wang wang
weng weng wong weng
yu yu yu yu
yue yueh yue yue
yuan yuan yuan yuan
yun yun yun yun
"""
HISSED = ('zh', 'ch', 'sh', 'r', 'z', 'c', 's')     # their i is no vowel


def pinyin(initial, final):
    if final[0] == 'v':
        final = 'u' + final[1:]
    return {initial + final}


def wade_giles(initial, final):
    before = dict(b='p', d='t', g='k', j='ch', q='ch', x='hs', zh='ch', r='j', z='ts', c='ts').get(initial, initial)
    if final == 'i' and initial in HISSED:
        return {'z': {'tzu'}, 'c': {'tzu'}, 's': {'ssu', 'szu', 'sze'}}.get(initial, {before + 'ih'})
    if final == 'e' and initial in 'gkh':
        return {before + 'o', before + 'e'}
    if final == 'uo' and not (initial in 'gkh' or initial == 'sh'):
        return {before + 'o'}
    if final == 'ui' and initial in 'gk':
        return {before + 'uei'}
    final = dict(ian='ien', ie='ieh', ong='ung', iong='iung', v='u', ve='ueh', van='uan', vn='un').get(final, final)
    return {before + final}


def tongyong(initial, final):
    before = dict(q='c', x='s', zh='jh').get(initial, initial)
    if final == 'i' and initial in HISSED:
        return {before + 'ih'}
    if final == 'eng' and initial == 'f':
        return {'fong'}
    final = dict(iu='iou', ui='uei', iong='yong', v='yu', ve='yue', van='yuan', vn='yun').get(final, final)
    return {before + final}


def mps(initial, final):
    before = dict(q='ch', x='sh', zh='j', z='tz', c='ts').get(initial, initial)
    if final == 'i' and initial in HISSED:
        return {dict(zh='jr', ch='chr', sh='shr', r='r', z='tz', c='tsz', s='sz')[initial]}
    final = dict(ao='au', iao='iau', iu='iou', ui='uei', un='uen', ong='ung', iong='iung', v='iu', ve='iue',
                 van='iuan', vn='iun').get(final, final)
    return {before + final}


# Syllables of Korean names.
KOREAN = """
가 각 간 갈 감 갑 강 개 거 건 걸 검 겸 견 결 경 계 고 곤 공 과 관 광 교 구 국 군 권 귀 규 균 근 금 기 길 김
나 난 남 낭 내 녀 노 녹 누 능 단 달 담 대 덕 도 돈 동 두 득 등 라 란 람 랑 래 량 려 련 렬 령 례 로 록 롱 류 륜 률 리 린 림
마 만 매 맹 명 모 목 무 문 미 민 박 반 발 방 배 백 범 변 별 병 보 복 봉 부 분 비 빈 사 산 삼 상 새 생 서 석 선 설 섭 성 세 소 솔
송 수 숙 순 숭 슬 승 시 식 신 실 심 아 안 애 양 어 언 엄 여 연 열 염 엽 영 예 오 옥 온 완 왕 요 용 우 욱 운 웅 원 월 위 유 육 윤 율 은 을
음 의 이 익 인 일 임 자 장 재 전 점 정 제 조 종 주 준 중 지 진 찬 창 채 천 철 청 초 최 추 춘 충 치 칠 탁 탄 탐 태 택 통 평 표 필
하 학 한 함 해 행 향 허 헌 혁 현 협 형 혜 호 홍 화 환 황 회 효 훈 휘 휴 희
"""
KOREAN_INITIALS = 'g,k kk n d,t tt r,l m b,p pp s ss  j,ch jj ch k t p h'.split(' ')
KOREAN_VOWELS = ('a ae,ai ya yae eo,u,o e yeo,you,yu,yo ye o wa wae oe,oi yo u,oo,ou wo,weo we wi yu,yoo,you eu,u '
                 'ui,eui,ee,i i,ee').split(' ')
KOREAN_FINALS = {'': [''], 'ᆨ': ['k', 'g'], 'ᆫ': ['n'], 'ᆯ': ['l'], 'ᆷ': ['m'], 'ᆸ': ['p', 'b'], 'ᆼ': ['ng']}


def korean(syllable):
    parts = unicodedata.normalize('NFD', syllable)
    initial = ord(parts[0]) - 0x1100
    vowel = ord(parts[1]) - 0x1161
    for i in KOREAN_INITIALS[initial].split(','):
        for v in KOREAN_VOWELS[vowel].split(','):
            for f in KOREAN_FINALS[parts[2:]]:
                yield i + v + f
                if i == 's' and v in ('i', 'ee'):
                    yield 'sh' + v + f
                if i == '' and v in ('u', 'oo'):
                    yield 'w' + v + f
                if i == '' and v == 'i' and not f:
                    yield 'yi'


spellings = collections.defaultdict(set)    # spelling: syllables
pinyin_spellings = set()
number = 0
for line in FINALS.split('\n'):
    final, *initials = line.split() or ['']
    for initial in initials:
        for spelling in pinyin(initial, final):
            pinyin_spellings.add(spelling)
        for system in pinyin, wade_giles, tongyong, mps:
            for spelling in system(initial, final):
                spellings[spelling].add(number)
        if final[0] == 'v' and initial in 'nl':
            spellings[initial + 'yu' + final[1:]].add(number)
            spellings[initial + 'ue' + final[2:]].add(number)
        if final == 'i' and initial == 'l':
            spellings['lee'].add(number)    # the English way
        number += 1
for line in ALONE.strip().split('\n'):
    pinyin_spellings.add(line.split()[0])
    for spelling in line.replace(',', ' ').split():
        spellings[spelling].add(number)
    number += 1
mandarin = number
for syllable in KOREAN.split():
    for spelling in korean(syllable):
        spellings[spelling].add(number)
    number += 1

ordered = sorted(spellings)
assert all(s.isascii() and s.isalpha() and len(s) <= 7 for s in ordered)


def table(kind, name, cells, storage='static ', size=''):
    print('%sconst %s %s[%s] = {' % (storage, kind, name, size))
    row = ''
    for cell in cells:
        if len(row) + len(cell) > 93:
            print('\t' + row.rstrip())
            row = ''
        row += cell + ', '
    print('\t' + row.rstrip(', '))
    print('};\n')


print('/* Written by generate_name_syllables.py; do not edit. */')
print('#define KOREAN_SYLLABLES %d	/* syllables from here on are Korean */\n' % mandarin)
print('/* the syllables that spellings stand for, one spelling after another */')
lists = []
places = {}
for spelling in ordered:
    places[spelling] = len(lists)
    lists += sorted(spellings[spelling])
table('uint16_t', 'syllable_lists', [str(n) for n in lists])
print('/* spelling, its size, how many syllables it stands for, whether it is Pinyin, where its list starts; sorted */')
table('Spelling', 'spellings', ['{"%s", %d, %d, %d, %d}' %
                                (s, len(s), len(spellings[s]), s in pinyin_spellings, places[s]) for s in ordered])
firsts = collections.defaultdict(set)     # first letter: those of what reads alike
of_syllable = collections.defaultdict(set)
for spelling in ordered:
    for syllable in spellings[spelling]:
        of_syllable[syllable].add(spelling[0])
for spelling in ordered:
    for syllable in spellings[spelling]:
        firsts[spelling[0]] |= of_syllable[syllable]
print('/* by first letter (a: 1), the first letters of what reads alike, a bit each */')
table('uint32_t', 'anthology_reading_starts', ['0x%07x' % sum(1 << (ord(c) - 96) for c in firsts[chr(96 + n)])
                                               for n in range(32)], '', 32)
print('/* where the spellings with each first letter, and each second one or none, start */')
keys = [(ord(s[0]) - 97) * 27 + (ord(s[1]) - 96 if len(s) > 1 else 0) for s in ordered]
assert keys == sorted(keys)
table('uint16_t', 'spelling_starts', [str(sum(k < n for k in keys)) for n in range(26 * 27 + 1)])
