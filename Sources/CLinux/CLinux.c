#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int ward_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to) {
  return renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

int ward_lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }

int ward_lock_waiting(int fd) { return flock(fd, LOCK_EX); }

int ward_unlock(int fd) { return flock(fd, LOCK_UN); }

static sigset_t ward_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGUSR1);
  return set;
}

int ward_signal_fd(void) {
  sigset_t set = ward_signals();
  if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

void ward_unblock_signals(void) {
  sigset_t set = ward_signals();
  sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static int capabilities(uint64_t kept) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  for (int word = 0; word < 2; word++) {
    uint32_t bits = (uint32_t)(kept >> (32 * word));
    data[word].effective = data[word].permitted = bits;
    data[word].inheritable = 0;
  }
  return (int)syscall(SYS_capset, &header, data);
}

int ward_drop_privileges(uid_t uid, gid_t gid, int kept) {
  uint64_t keep = kept < 0 ? 0 : UINT64_C(1) << kept;
  int root = geteuid() == 0;
  if (root) {
    for (int capability = 0; capability <= 63; capability++)
      if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1 && !(keep >> capability & 1) &&
          prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
        return -1;
  }
  if (uid != (uid_t)-1 && root) {
    if (keep != 0 && prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) return -1;
    if (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
      return -1;
  }
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 && errno != EINVAL) return -1;
  if (root || keep == 0 || ward_has_capability(kept)) {
    if (capabilities(keep) != 0) return -1;
  } else if (capabilities(0) != 0) {
    return -1;
  }
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int ward_has_capability(int capability) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  memset(data, 0, sizeof data);
  if (syscall(SYS_capget, &header, data) != 0) return 0;
  return data[capability / 32].effective >> (capability % 32) & 1;
}
