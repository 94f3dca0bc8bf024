#pragma once
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <csv.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// What stands in 64 bytes of CSV text, a bit a byte, the first byte lowest.
struct ward_csv_marks {
  /// Commas and line feeds.
  uint64_t separators;
  /// Line feeds.
  uint64_t ends;
  /// Blanks.
  uint64_t blanks;
  /// Quotes, and control characters but line feeds.
  uint64_t odd;
};

/// Reads 64 bytes, one at a time. What the other one does, on any processor.
static inline struct ward_csv_marks ward_csv_marks_plainly(const void *text) {
  const unsigned char *bytes = (const unsigned char *)text;
  struct ward_csv_marks marks = {0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    unsigned char byte = bytes[i];
    if (byte == '\n') marks.ends |= bit;
    if (byte == ',' || byte == '\n') marks.separators |= bit;
    if (byte == ' ') marks.blanks |= bit;
    if (byte == '"' || (byte < ' ' && byte != '\n')) marks.odd |= bit;
  }
  return marks;
}

/// Reads 64 bytes.
static inline struct ward_csv_marks ward_csv_marks(const void *text) {
#if defined(__SSE2__)
  const __m128i comma = _mm_set1_epi8(','), quote = _mm_set1_epi8('"'), end = _mm_set1_epi8('\n');
  const __m128i blank = _mm_set1_epi8(' '), control = _mm_set1_epi8(' ' - 1);
  struct ward_csv_marks marks = {0, 0, 0, 0};
  for (int i = 0; i < 4; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)text + i);
    __m128i ends = _mm_cmpeq_epi8(bytes, end);
    __m128i separators = _mm_or_si128(_mm_cmpeq_epi8(bytes, comma), ends);
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes);
    __m128i odd = _mm_or_si128(_mm_andnot_si128(ends, controls), _mm_cmpeq_epi8(bytes, quote));
    marks.ends |= (uint64_t)(uint32_t)_mm_movemask_epi8(ends) << 16 * i;
    marks.separators |= (uint64_t)(uint32_t)_mm_movemask_epi8(separators) << 16 * i;
    marks.blanks |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, blank)) << 16 * i;
    marks.odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(odd) << 16 * i;
  }
  return marks;
#else
  return ward_csv_marks_plainly(text);
#endif
}
