#!/usr/bin/env python3
"""Writes Sources/TextAnalysis/UnicodeData.swift from the Unicode Character Database 15.0.

    Tools/generate-unicode-tables.py [--ucd /usr/share/unicode] [--output FILE]

The database is Debian's `unicode-data` package, not the interpreter's own `unicodedata`, so that the tables say the
same on every machine. The layout is described once, in Sources/TextAnalysis/UnicodeTables.swift, which reads it.
"""

import argparse
import base64
import pathlib
import re
import struct

SCALARS = 0x110000

# The order is the raw value of WordBreakClass and SentenceBreakClass.
WORD_BREAK = [
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Regional_Indicator", "Format", "Katakana", "Hebrew_Letter",
    "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum", "Numeric", "ExtendNumLet",
    "WSegSpace",
]
SENTENCE_BREAK = [
    "Other", "CR", "LF", "Sep", "Extend", "Format", "Sp", "Lower", "Upper", "OLetter", "Numeric", "ATerm", "STerm",
    "Close", "SContinue",
]
ACCENT_SCRIPTS = {"Latin", "Greek", "Cyrillic", "Hebrew", "Arabic"}
COMPATIBILITY = {"<font>", "<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>", "<compat>",
                 "<super>", "<sub>"}
APOSTROPHES = {0x2018, 0x2019, 0x02BB, 0x02BC, 0x02BD, 0x055A, 0x05F3, 0xA78B, 0xA78C}
# What neither decomposes nor is named "… LETTER X WITH …".
LETTERS = {"ŀ": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ȷ": "j", "ŋ": "n"}
HALFWIDTH_SOUND_MARKS = {0xFF9E: [0x3099], 0xFF9F: [0x309A]}


class Database:
    """The properties that the tables need, by scalar value."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.category = ["Cn"] * SCALARS
        self.combining_class = [0] * SCALARS
        self.names = {}
        self.decomposition = {}
        first = None
        for line in (self.folder / "UnicodeData.txt").read_text().splitlines():
            field = line.split(";")
            code = int(field[0], 16)
            if field[1].endswith("First>"):
                first = code
                continue
            for each in range(first if first is not None else code, code + 1):
                self.category[each] = field[2]
                self.combining_class[each] = int(field[3])
            first = None
            self.names[code] = field[1]
            if field[5]:
                parts = field[5].split()
                kind = parts.pop(0) if parts[0].startswith("<") else ""
                self.decomposition[code] = (kind, [int(part, 16) for part in parts])
        self.word_break = self.values("auxiliary/WordBreakProperty.txt", WORD_BREAK)
        self.sentence_break = self.values("auxiliary/SentenceBreakProperty.txt", SENTENCE_BREAK)
        self.uppercase = self.members("DerivedCoreProperties.txt", "Uppercase")
        self.lowercase = self.members("DerivedCoreProperties.txt", "Lowercase")
        self.alphabetic = self.members("DerivedCoreProperties.txt", "Alphabetic")
        self.ignorable = self.members("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
        self.pictographic = self.members("emoji/emoji-data.txt", "Extended_Pictographic")
        self.emoji = self.members("emoji/emoji-data.txt", "Emoji_Presentation")
        self.not_composed = self.members("DerivedNormalizationProps.txt", "Full_Composition_Exclusion")
        self.accent_script = set()
        for start, end, value in self.ranges("Scripts.txt"):
            if value in ACCENT_SCRIPTS:
                self.accent_script.update(range(start, end + 1))
        self.case_folding = {}
        for line in (self.folder / "CaseFolding.txt").read_text().splitlines():
            field = [part.strip() for part in line.split("#")[0].split(";")]
            if len(field) > 2 and field[1] in "CF":
                self.case_folding[int(field[0], 16)] = [int(part, 16) for part in field[2].split()]

    def ranges(self, name):
        for line in (self.folder / name).read_text().splitlines():
            field = [part.strip() for part in line.split("#")[0].split(";")]
            if len(field) < 2 or not field[0]:
                continue
            bounds = field[0].split("..")
            yield int(bounds[0], 16), int(bounds[-1], 16), field[1]

    def values(self, name, order):
        result = [0] * SCALARS
        for start, end, value in self.ranges(name):
            for code in range(start, end + 1):
                result[code] = order.index(value)
        return result

    def members(self, name, wanted):
        result = set()
        for start, end, value in self.ranges(name):
            if value == wanted:
                result.update(range(start, end + 1))
        return result

    def is_mark(self, code):
        return self.category[code] in ("Mn", "Me")

    def is_accent_base(self, code):
        return code in self.accent_script and self.category[code].startswith("L")

    def is_letter(self, code):
        if code in APOSTROPHES:
            return False
        return self.category[code][0] == "L" or code in self.alphabetic and self.category[code][0] != "M"

    def is_word_maker(self, code):
        kind = WORD_BREAK[self.word_break[code]]
        if code in APOSTROPHES:
            return False
        if kind in ("ALetter", "Hebrew_Letter", "Katakana", "Numeric"):
            return True
        return kind == "Other" and (self.category[code][0] == "L" or self.category[code] in ("Nd", "Nl"))

    def is_dropped(self, code):
        """Format characters, joiners, variation selectors: they show nothing and part nothing."""
        kind = WORD_BREAK[self.word_break[code]]
        return kind in ("Format", "ZWJ") and self.category[code] == "Cf" or (
            kind == "Extend" and code in self.ignorable)


class Folding:
    """What each scalar becomes in a term: case folded, decomposed, accents removed."""

    def __init__(self, database):
        self.database = database
        self.letters = {ord(key): [ord(each) for each in value] for key, value in LETTERS.items()}
        for code, name in database.names.items():
            match = re.match(r"LATIN SMALL LETTER ([A-Z]) WITH ", name)
            if match and code not in database.decomposition:
                self.letters[code] = [ord(match.group(1).lower())]

    def step(self, code):
        """One replacement of one scalar, or None where it stands for itself."""
        database = self.database
        if code in APOSTROPHES:
            return [0x27]
        if code == 0x05F4:
            return [0x22]
        if code in self.letters:
            return self.letters[code]
        if code in HALFWIDTH_SOUND_MARKS:
            return HALFWIDTH_SOUND_MARKS[code]
        kind, parts = database.decomposition.get(code, (None, None))
        if kind == "":
            return parts
        if code in database.case_folding:  # U+0345, a mark, folds to a letter
            return database.case_folding[code]
        if kind in COMPATIBILITY and not 0x3131 <= code <= 0x318E:
            if database.is_word_maker(code):
                starts_word = database.is_word_maker(parts[0]) or parts[0] == 0x02BC
                holds_words = all(database.is_word_maker(part) or database.is_mark(part) for part in parts)
                # Where every letter is a token of its own, one must not become two.
                is_apart = WORD_BREAK[database.word_break[code]] == "Other" and len(parts) > 1
                return parts if starts_word and holds_words and not is_apart else None
            joins = WORD_BREAK[database.word_break[code]] in ("MidNumLet", "MidLetter", "MidNum", "ExtendNumLet")
            return parts if joins and len(parts) == 1 and parts[0] < 0x80 else None
        return None

    def fold(self, code):
        sequence, changed = [code], True
        while changed:
            changed, result = False, []
            for each in sequence:
                replaced = self.step(each)
                changed = changed or replaced is not None
                result += [each] if replaced is None else replaced
            sequence = result
        return self.ordered(self.without_accents(sequence))

    def without_accents(self, sequence):
        result, strips = [], False
        for each in sequence:
            if self.database.is_mark(each) and strips:
                continue
            if not self.database.is_mark(each):
                strips = self.database.is_accent_base(each)
            result.append(each)
        return result

    def ordered(self, sequence):
        """Canonical order: runs of non-starters sorted by combining class."""
        result = list(sequence)
        for end in range(1, len(result)):
            at = end
            while at > 0 and 0 < self.database.combining_class[result[at]] < self.database.combining_class[result[at - 1]]:
                result[at], result[at - 1] = result[at - 1], result[at]
                at -= 1
        return result

    def compositions(self):
        """The canonical pairs that a folded term can still hold, by first and second scalar."""
        database = self.database
        for code, (kind, parts) in database.decomposition.items():
            if kind == "" and len(parts) == 2 and code not in database.not_composed:
                if not (database.is_accent_base(parts[0]) and database.is_mark(parts[1])):
                    yield parts[0], parts[1], code


def properties(database, seconds):
    """One 32-bit word of properties per scalar; the bits are those of UnicodeProperties."""
    for code in range(SCALARS):
        word = database.word_break[code] | database.sentence_break[code] << 5 | database.combining_class[code] << 9
        flags = [
            database.is_word_maker(code),
            database.is_letter(code),
            code in database.uppercase or database.category[code] == "Lt",
            code in database.lowercase,
            code in database.pictographic,
            code in database.emoji and WORD_BREAK[database.word_break[code]] != "Extend",
            database.is_dropped(code),
            database.is_mark(code),
            database.is_accent_base(code),
            code in seconds or 0x1161 <= code <= 0x1175 or 0x11A8 <= code <= 0x11C2,
        ]
        yield word | sum(1 << 17 + bit for bit, flag in enumerate(flags) if flag)


def two_stage(values, element):
    """The smallest pair of block numbers and blocks for a table of small integers."""
    best = None
    for shift in range(4, 10):
        size = 1 << shift
        blocks, stage1, stage2 = {}, [], []
        for start in range(0, SCALARS, size):
            block = tuple(values[start:start + size])
            if block not in blocks:
                blocks[block] = len(blocks)
                stage2 += block
            stage1.append(blocks[block])
        assert len(blocks) < 1 << 16
        cost = 2 * len(stage1) + struct.calcsize(element) * len(stage2)
        if best is None or cost < best[0]:
            best = (cost, shift, stage1, stage2)
    return best[1:]


def literal(name, comment, data):
    text = base64.b64encode(data).decode()
    lines = [text[start:start + 120] for start in range(0, len(text), 120)]
    body = "\\\n".join("    " + line for line in lines)
    return f'  /// {comment}\n  static let {name} = """\n{body}\n    """\n'


def packed(element, values):
    return struct.pack(f"<{len(values)}{element}", *values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ucd", default="/usr/share/unicode")
    root = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("--output", default=root / "Sources/TextAnalysis/UnicodeData.swift")
    options = parser.parse_args()

    database = Database(options.ucd)
    folding = Folding(database)

    pairs = sorted(folding.compositions())
    words = list(properties(database, {second for _, second, _ in pairs}))
    records = sorted(set(words))
    assert len(records) < 256
    number = {record: index for index, record in enumerate(records)}
    property_shift, property_blocks, property_values = two_stage([number[word] for word in words], "B")

    sequences, pool, starts, fold_values = {}, [], [0, 0], [0] * SCALARS
    for code in range(SCALARS):
        if 0xAC00 <= code < 0xD7A4 or 0xD800 <= code < 0xE000:
            continue  # Syllables are put together, never taken apart; surrogates do not occur in UTF-8.
        sequence = tuple(folding.fold(code))
        if sequence == (code,):
            continue
        if sequence not in sequences:
            sequences[sequence] = len(sequences) + 1
            pool += sequence
            starts.append(len(pool))
        fold_values[code] = sequences[sequence]
    assert len(pool) < 1 << 16
    fold_shift, fold_blocks, fold_numbers = two_stage(fold_values, "H")

    parts = [
        "// Made by Tools/generate-unicode-tables.py from the Unicode Character Database 15.0. Do not edit.\n"
        "// Copyright © 1991-2022 Unicode, Inc., https://www.unicode.org/license.txt\n"
        "// swift-format-ignore-file\n\n"
        "/// The tables of ``UnicodeTables`` as base64 of little-endian numbers.\n"
        "///\n"
        "/// Text, because the compiler takes long to check an array literal of this length and no time for a string.\n"
        "enum UnicodeData {\n"
        f"  static let propertyShift = {property_shift}\n"
        f"  static let foldShift = {fold_shift}\n",
        literal("propertyBlocks", "UInt16: the block of each 2^propertyShift scalars.", packed("H", property_blocks)),
        literal("propertyValues", "UInt8: the record number of each scalar, block by block.", packed("B", property_values)),
        literal("records", "UInt32: the bits of UnicodeProperties.", packed("I", records)),
        literal("foldBlocks", "UInt16: the block of each 2^foldShift scalars.", packed("H", fold_blocks)),
        literal("foldValues", "UInt16: the folding number of each scalar, block by block; 0 folds to itself.",
                packed("H", fold_numbers)),
        literal("foldStarts", "UInt16: where each folding starts in foldScalars.", packed("H", starts)),
        literal("foldScalars", "UInt32: the scalars of all foldings.", packed("I", pool)),
        literal("compositions", "UInt32 triples: first, second, composed; ascending.",
                packed("I", [each for pair in pairs for each in pair])),
        "}\n",
    ]
    text = "\n".join(parts)
    pathlib.Path(options.output).write_text(text)
    print(f"{len(text)} bytes, {len(records)} records, {len(sequences)} foldings, {len(pairs)} compositions")


if __name__ == "__main__":
    main()
