//! The single-byte encodings of Python's codecs: one character a byte, and the same byte back.

/// An encoding whose lower half is ASCII.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The name of the codec and its aliases, as Python's `encodings` package normalises them.
    names: &'static [&'static str],
    /// What the last bytes up to 0xFF mean, in order; the bytes from 0x80 to the first of these mean the
    /// character of the same number. U+FFFD stands for a byte without a meaning.
    upper: &'static str,
}

impl Table {
    /// The encoding with this normalised name.
    pub(super) fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.names.contains(&name))
    }

    /// The text of `bytes`, or the offset of a byte that means nothing.
    pub(super) fn decode(&self, bytes: &[u8]) -> Result<String, usize> {
        let upper: Vec<char> = self.upper.chars().collect();
        let first = 256 - upper.len();
        let meaning = |(offset, &byte): (usize, &u8)| match usize::from(byte).checked_sub(first) {
            Some(index) if upper[index] == char::REPLACEMENT_CHARACTER => Err(offset),
            Some(index) => Ok(upper[index]),
            None => (byte.is_ascii() || self.has_controls()).then_some(char::from(byte)).ok_or(offset),
        };
        bytes.iter().enumerate().map(meaning).collect()
    }

    /// The bytes of `text`, or `None` if a character has none.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let count = self.upper.chars().count();
        let byte = |character: char| {
            if character.is_ascii() {
                return Some(character as u8);
            }
            if character == char::REPLACEMENT_CHARACTER {
                return None;
            }
            let index = self.upper.chars().position(|upper| upper == character);
            let low = (self.has_controls() && (character as usize) < 256 - count).then_some(character as u8);
            index.map(|index| (256 - count + index) as u8).or(low)
        };
        text.chars().map(byte).collect()
    }

    /// Whether the bytes before `upper` mean the control characters of the same numbers.
    fn has_controls(&self) -> bool {
        !self.upper.is_empty()
    }
}

#[rustfmt::skip]
static TABLES: [Table; 10] = [
    Table {
        names: &["646", "ansi_x3.4_1968", "ansi_x3.4_1986", "ansi_x3_4_1968", "ascii", "cp367", "csascii", "ibm367", "iso646_us", "iso_646.irv_1991", "iso_ir_6", "us", "us_ascii"],
        upper: "",
    },
    Table {
        names: &["8859", "cp819", "csisolatin1", "ibm819", "iso8859", "iso8859_1", "iso_8859_1", "iso_8859_1_1987", "iso_ir_100", "l1", "latin", "latin1", "latin_1"],
        upper: "ÿ",
    },
    Table {
        names: &["1250", "cp1250", "windows_1250"],
        upper: "€�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    },
    Table {
        names: &["1251", "cp1251", "windows_1251"],
        upper: "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    },
    Table {
        names: &["1252", "cp1252", "windows_1252"],
        upper: "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    },
    Table {
        names: &["1254", "cp1254", "windows_1254"],
        upper: "€�‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ",
    },
    Table {
        names: &["csisolatin2", "iso8859_2", "iso_8859_2", "iso_8859_2_1987", "iso_ir_101", "l2", "latin2"],
        upper: "\u{a0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{ad}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    },
    Table {
        names: &["csisolatin5", "iso8859_9", "iso_8859_9", "iso_8859_9_1989", "iso_ir_148", "l5", "latin5"],
        upper: "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ",
    },
    Table {
        names: &["iso8859_15", "iso_8859_15", "l9", "latin9"],
        upper: "\u{a0}¡¢£€¥Š§š©ª«¬\u{ad}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    },
    Table {
        names: &["cskoi8r", "koi8_r"],
        upper: "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{a0}⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_that_means_something_comes_back() {
        for table in &TABLES {
            let known: Vec<u8> = (0..=255).filter(|&byte| table.decode(&[byte]).is_ok()).collect();
            let text = table.decode(&known).unwrap();
            assert_eq!(table.encode(&text).as_ref(), Some(&known), "{:?}", table.names);
            assert!(known.len() >= 249 || table.upper.is_empty(), "{:?}", table.names);
        }
    }

    #[test]
    fn one_byte_differs_from_encoding_to_encoding() {
        let meaning = |name| Table::named(name).unwrap().decode(&[0xA4]).unwrap();
        let meanings = ["latin1", "iso8859_15", "cp1251", "koi8_r", "iso8859_2"].map(meaning);
        assert_eq!(meanings, ["¤", "€", "¤", "╓", "¤"].map(String::from));
    }

    #[test]
    fn bytes_and_characters_without_a_counterpart_are_refused() {
        assert_eq!(Table::named("cp1252").unwrap().decode(b"ab\x81"), Err(2));
        assert_eq!(Table::named("ascii").unwrap().decode(b"a\x80"), Err(1));
        assert_eq!(Table::named("cp1252").unwrap().encode("\u{81}"), None);
        assert_eq!(Table::named("latin1").unwrap().encode("€"), None);
        assert_eq!(Table::named("ascii").unwrap().encode("é"), None);
    }
}
