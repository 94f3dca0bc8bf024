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

#if defined(__SSE2__)
/// A bit for each of 64 bytes that is `byte`.
static inline uint64_t ward_csv_equal(const __m128i *bytes, char byte) {
  const __m128i same = _mm_set1_epi8(byte);
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], same)) << 16 * i;
  return bits;
}

/// A bit for each of 64 bytes that is below a blank.
static inline uint64_t ward_csv_controls(const __m128i *bytes) {
  const __m128i highest = _mm_set1_epi8(' ' - 1);
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    __m128i same = _mm_cmpeq_epi8(_mm_min_epu8(bytes[i], highest), bytes[i]);
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(same) << 16 * i;
  }
  return bits;
}
#endif

/// Reads 64 bytes.
static inline struct ward_csv_marks ward_csv_marks(const void *text) {
#if defined(__SSE2__)
  __m128i bytes[4];
  memcpy(bytes, text, sizeof bytes);
  uint64_t ends = ward_csv_equal(bytes, '\n');
  struct ward_csv_marks marks = {
      ward_csv_equal(bytes, ',') | ends, ends, ward_csv_equal(bytes, ' '),
      (ward_csv_controls(bytes) & ~ends) | ward_csv_equal(bytes, '"')};
  return marks;
#else
  return ward_csv_marks_plainly(text);
#endif
}
