// libpcap's header is where the compiler first meets `timespec`.
import CPcap
import Glibc

/// Microseconds on a clock that nobody sets.
func monotonicClock() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
}
