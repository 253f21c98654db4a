//! A day of the calendar, as rule files write it: `2027-03-01`.

use std::fmt;

/// A day of the Gregorian calendar. Days sort as they follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// Reads `YYYY-MM-DD`; `None` if there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let found = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        ((1..=12).contains(&found.month) && (1..=found.days_in_month()).contains(&found.day)).then_some(found)
    }

    /// The day that begins so many days after 1970-01-01.
    pub fn after_epoch(days: u64) -> Self {
        let mut found = Self { year: 1970, month: 1, day: 1 };
        let mut left = days;
        while left >= u64::from(found.days_in_year()) && found.year < 9999 {
            left -= u64::from(found.days_in_year());
            found.year += 1;
        }
        while left >= u64::from(found.days_in_month()) && found.month < 12 {
            left -= u64::from(found.days_in_month());
            found.month += 1;
        }
        found.day = u8::try_from(left + 1).unwrap_or(31).min(31);
        found
    }

    fn is_leap(self) -> bool {
        self.year.is_multiple_of(4) && !self.year.is_multiple_of(100) || self.year.is_multiple_of(400)
    }

    fn days_in_year(self) -> u16 {
        if self.is_leap() { 366 } else { 365 }
    }

    fn days_in_month(self) -> u8 {
        match self.month {
            2 if self.is_leap() => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, text) in [(0, "1970-01-01"), (58, "1970-02-28"), (11_016, "2000-02-29"), (20_878, "2027-03-01")] {
            assert_eq!(Day::after_epoch(days).to_string(), text);
            assert_eq!(Day::parse(text), Some(Day::after_epoch(days)));
        }
        for text in ["2027-3-1", "2027-02-29", "2027-13-01", "2027-00-10", "27-03-01", "2027-03-01-", "", "soon"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::parse("2027-03-01") > Day::parse("2026-12-31"));
    }
}
