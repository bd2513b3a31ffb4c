#!/usr/bin/env python3
"""Writes name_fold.inc: ASCII letters of the Latin, Greek and Cyrillic blocks.

Source: Python's unicodedata (canonical and compatibility decompositions) and the
exceptions below: letters without decomposition, and Cyrillic as authors write
their own names in Latin letters (BGN/PCGN without apostrophes). Run it as
    python3 extension/core/generate_name_fold.py > extension/core/name_fold.inc
"""
import unicodedata

BLOCKS = [(0xA0, 0x24F), (0x370, 0x45F), (0x490, 0x4FF), (0x1E00, 0x1FFF)]

EXCEPTIONS = {
    'Æ': 'Ae', 'Ð': 'D', 'Ø': 'O', 'Þ': 'Th', 'ß': 'ss', 'Đ': 'D', 'Ħ': 'H', 'ı': 'i', 'ĸ': 'k',
    'Ł': 'L', 'Ŋ': 'Ng', 'Œ': 'Oe', 'Ŧ': 'T', 'Ə': 'E', 'Ɖ': 'D', 'Ɗ': 'D', 'Ɓ': 'B', 'Ƙ': 'K',
    'Ɛ': 'E', 'Ɔ': 'O', 'Ǝ': 'E', 'Ǥ': 'G', 'Ɨ': 'I', 'Ʉ': 'U', 'Ɵ': 'O', 'ẞ': 'Ss',
    'Α': 'A', 'Β': 'V', 'Γ': 'G', 'Δ': 'D', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'I', 'Θ': 'Th', 'Ι': 'I',
    'Κ': 'K', 'Λ': 'L', 'Μ': 'M', 'Ν': 'N', 'Ξ': 'X', 'Ο': 'O', 'Π': 'P', 'Ρ': 'R', 'Σ': 'S',
    'ς': 's', 'Τ': 'T', 'Υ': 'Y', 'Φ': 'F', 'Χ': 'Ch', 'Ψ': 'Ps', 'Ω': 'O',
    'А': 'A', 'Б': 'B', 'В': 'V', 'Г': 'G', 'Д': 'D', 'Е': 'E', 'Ё': 'E', 'Ж': 'Zh', 'З': 'Z',
    'И': 'I', 'Й': 'y', 'К': 'K', 'Л': 'L', 'М': 'M', 'Н': 'N', 'О': 'O', 'П': 'P', 'Р': 'R',
    'С': 'S', 'Т': 'T', 'У': 'U', 'Ф': 'F', 'Х': 'Kh', 'Ц': 'Ts', 'Ч': 'Ch', 'Ш': 'Sh',
    'Щ': 'Shch', 'Ъ': '', 'Ы': 'Y', 'Ь': '', 'Э': 'E', 'Ю': 'Yu', 'Я': 'Ya',
    'Є': 'Ye', 'І': 'I', 'Ї': 'Yi', 'Ґ': 'G', 'Ў': 'U', 'Ђ': 'D', 'Ј': 'J', 'Љ': 'Lj', 'Њ': 'Nj',
    'Ћ': 'C', 'Џ': 'Dz', 'Ѓ': 'Gj', 'Ќ': 'Kj', 'Ѕ': 'Dz', 'Қ': 'K', 'Ң': 'Ng', 'Ғ': 'Gh',
    'Ү': 'U', 'Ұ': 'U', 'Ө': 'O', 'Һ': 'H', 'Ә': 'A', 'Ҙ': 'Z', 'Ҫ': 'S', 'ª': 'a', 'º': 'o',
}


def fold(char, depth=0):
    if char in EXCEPTIONS:
        return EXCEPTIONS[char]
    if char != char.upper() and len(char.upper()) == 1 and char.upper() in EXCEPTIONS:
        return EXCEPTIONS[char.upper()].lower()
    if char.isascii():
        return char if char.isalnum() else ''
    if unicodedata.combining(char) or depth > 3:
        return ''
    parts = unicodedata.normalize('NFKD', char)
    if parts == char:
        return ''
    return ''.join(fold(part, depth + 1) for part in parts)


def main():
    print('/* Written by generate_name_fold.py (Unicode %s); do not edit. */' % unicodedata.unidata_version)
    for number, (first, last) in enumerate(BLOCKS):
        print('static const char fold_%04x[][4] ANTHOLOGY_NONSTRING = {' % first)
        row = ''
        for code in range(first, last + 1):
            letters = fold(chr(code)) if unicodedata.category(chr(code))[0] == 'L' or chr(code) in 'ªº' else ''
            cell = '"%s", ' % letters[:4]
            if len(row) + len(cell) > 92:
                print('\t' + row.rstrip())
                row = ''
            row += cell
        print('\t' + row.rstrip(' ,'))
        print('};\n')


if __name__ == '__main__':
    main()
