// What Glibc's module leaves out, and the calls whose C spelling Swift cannot import.
#pragma once
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/types.h>

/// renameat2(2) with RENAME_NOREPLACE: 0, or -1 with errno (EEXIST if the new name is taken).
int ward_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to);

/// flock(2) LOCK_EX without waiting: 0, or -1 with errno (EWOULDBLOCK if another process holds it).
int ward_lock(int fd);

/// flock(2) LOCK_EX, waiting: 0, or -1 with errno (EINTR).
int ward_lock_waiting(int fd);

/// flock(2) LOCK_UN: the lock falls now, even if a child between fork and exec has a copy of fd.
int ward_unlock(int fd);

/// Blocks SIGTERM, SIGINT, SIGHUP, SIGUSR1 and returns a signalfd(2) that delivers them, or -1.
int ward_signal_fd(void);

/// Undoes ward_signal_fd's mask; for a child between fork and exec.
void ward_unblock_signals(void);

/// The capability numbers that Ward ever keeps (linux/capability.h).
enum { WARD_CAP_NONE = -1, WARD_CAP_NET_ADMIN = 12, WARD_CAP_NET_RAW = 13 };

/// Gives up every privilege but `kept` (a WARD_CAP_ number), for good: supplementary groups, gid and
/// uid (when uid is not (uid_t)-1), bounding, ambient and other capabilities, and no_new_privs.
/// Returns 0, or -1 with errno; on failure the process must exit.
int ward_drop_privileges(uid_t uid, gid_t gid, int kept);

/// Whether the effective set holds `capability` now.
int ward_has_capability(int capability);

/// Asks for the memory at `address` before it is needed; any address will do.
static inline void ward_prefetch(const void *address) { __builtin_prefetch(address); }
