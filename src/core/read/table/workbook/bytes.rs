//! Numbers and attributes in bytes that need not be well-formed.

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The number in an attribute, whatever stands around its `=`; 1 if there is none, which is what the format says too.
pub(super) fn attribute(tag: &[u8], name: &str) -> u32 {
    let is_it = |at: &usize| {
        let rest = tag[*at..].strip_prefix(name.as_bytes());
        rest.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="))
    };
    let starts = memchr::memmem::find_iter(tag, name).filter(is_it);
    let Some(value) = starts.map(|at| &tag[at + name.len()..]).next() else { return 1 };
    let digits =
        value.iter().skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''));
    let digits = digits.take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number: u32, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

pub(super) fn find(text: &[u8], part: &str) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part.as_bytes())
}
