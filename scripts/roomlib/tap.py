"""tcpdump on the mirror."""
import select, signal, subprocess

from . import actor, ward, wiring


class Tap:
    """Writes all that the mirror shows to a file, from when this is made until `stop`."""

    def __init__(self, path, snaplen=512):
        self.process = subprocess.Popen(
            actor.command(ward.Box, "tcpdump", "-i", wiring.MIRROR, "-Q", "in", "-s", snaplen, "-B", 32768,
                          "-U", "-n", "-Z", "root", "-w", path),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            start_new_session=True)
        self.words = ""
        while "listening on" not in self.words:
            line = self.process.stderr.readline()
            if not line:
                raise RuntimeError(f"unable to hear the mirror: {self.words.strip()}")
            self.words += line

    def stop(self):
        """Ends it; the number of packets that the kernel dropped."""
        # What the kernel holds back is handed on after a while.
        select.select([], [], [], 0.3)
        self.process.send_signal(signal.SIGINT)
        words = self.process.communicate(timeout=20)[1]
        dropped = [line.split()[0] for line in words.splitlines() if "dropped by kernel" in line]
        return int(dropped[0]) if dropped else 0
