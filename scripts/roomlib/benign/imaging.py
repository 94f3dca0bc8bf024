"""Images and orders by DICOM, with the programs of dcmtk."""
import pathlib

from . import habit, server
from .servers import until_it_ends

STORAGE = {"CT": "1.2.840.10008.5.1.4.1.1.2", "MR": "1.2.840.10008.5.1.4.1.1.4",
           "US": "1.2.840.10008.5.1.4.1.1.6.1", "OT": "1.2.840.10008.5.1.4.1.1.7",
           "CR": "1.2.840.10008.5.1.4.1.1.1"}
WORKLIST_PORT = 11112


def archive_port(plan):
    return plan.dice("archive").choice((104, 104, 4242))


def _object(actor, name, lines):
    """Makes a DICOM file of the lines of a dump; its path."""
    dump = actor.file(f"{name}.dump", "\n".join(lines) + "\n")
    path = dump.with_suffix(".dcm")
    if (done := actor.run("dump2dcm", dump, path, seconds=20)).status != 0:
        raise RuntimeError(f"dump2dcm: {done.output}")
    return path


def _patient(dice):
    return ["(0008,0005) CS [ISO_IR 100]",
            f"(0010,0010) PN [{dice.choice(('Li^Mei', 'OBrien^Sean', 'Smith^Ann', 'Garcia^Ines'))}]",
            f"(0010,0020) LO [{dice.randint(1000, 999_999)}]",
            f"(0010,0030) DA [19{dice.randint(30, 99)}0{dice.randint(1, 9)}1{dice.randint(0, 9)}]",
            f"(0010,0040) CS [{dice.choice('MF')}]"]


@server
def archive(actor):
    """Storage of images, storescp, and the list of orders, wlmscpfs (DICOM PS3.4)."""
    folder = actor.room.folder / "worklist" / "WARD"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lockfile").touch()
    for number in range(actor.dice.randint(1, 12)):
        order = _object(actor, f"order{number}", _patient(actor.dice) + [
            f"(0008,0050) SH [A{actor.dice.randint(100, 99_999)}]",
            f"(0020,000d) UI [1.2.826.0.1.3680043.8.{actor.dice.randint(1, 10**9)}]",
            f"(0032,1060) LO [{'Chest ' * actor.dice.randint(1, 8)}]", "(0040,0100) SQ", "(fffe,e000) na",
            "(0008,0060) CS [CT]", "(0040,0001) AE [SCANNER]",
            f"(0040,0002) DA [202601{actor.dice.randint(10, 28)}]", "(0040,0003) TM [101500]",
            "(fffe,e00d) na", "(fffe,e0dd) na", f"(0040,1001) SH [P{number}]"])
        order.rename(folder / f"{number}.wl")
    actor.start("wlmscpfs", "-dfr", "-dfp", folder.parent, WORKLIST_PORT)
    until_it_ends(actor, actor.start("storescp", "--ignore", "--fork", "-aet", "PACS", "-pdu",
                                     actor.dice.choice((16384, 32768, 65536, 131072)),
                                     archive_port(actor.plan)))


def _picture(actor, number, study):
    dice = actor.dice
    kind = dice.choice(sorted(STORAGE))
    rows, columns = (dice.choice((64, 100, 128, 256, 400)) for _ in range(2))
    pixels = actor.file(f"pixels{number}.raw", dice.randbytes(rows * columns * 2))
    return _object(actor, f"image{number}", _patient(dice) + [
        f"(0008,0016) UI [{STORAGE[kind]}]", f"(0008,0018) UI [{study}.{number}]", f"(0008,0060) CS [{kind}]",
        f"(0020,000d) UI [{study}]", f"(0020,000e) UI [{study}.0]", f"(0020,0013) IS [{number}]",
        "(0028,0002) US 1", "(0028,0004) CS [MONOCHROME2]", f"(0028,0010) US {rows}",
        f"(0028,0011) US {columns}", "(0028,0100) US 16", "(0028,0101) US 12", "(0028,0102) US 11",
        "(0028,0103) US 0", f"(7fe0,0010) OW ={pixels}"])


@habit
def images(actor):
    """A scanner: asks whether the archive is there and sends a series, a few images in one association."""
    dice, where = actor.dice, (actor.address("records"), archive_port(actor.plan))
    pictures = [_picture(actor, number, f"1.2.826.0.1.3680043.9.{dice.randint(1, 10**9)}")
                for number in range(1, dice.randint(3, 7))]
    mean, title = dice.choice((12, 25, 50)), dice.choice(("SCANNER", "CT01", "US_ROOM3"))
    while True:
        if dice.random() < 0.5:
            actor.run("echoscu", "-aet", title, "-aec", "PACS", *where)
        for _ in range(dice.choice((1, 1, 2))):
            _send_series(actor, title, dice.sample(pictures, dice.randint(1, len(pictures))))
            actor.pause(2)
        actor.pause(mean)


def _send_series(actor, title, pictures):
    actor.run("storescu", "-aet", title, "-aec", "PACS", "-pdu", actor.dice.choice((4096, 16384, 65536)),
              *(["-xi"] if actor.dice.random() < 0.3 else []), actor.address("records"), archive_port(actor.plan),
              *map(pathlib.Path, pictures), seconds=40)


@habit
def teleradiology(actor):
    """Another hospital, from one of its gateways or another: sends images of its own, asks whether the archive is
    there, and what is ordered."""
    dice, where = actor.dice, (actor.address("records"), archive_port(actor.plan))
    pictures = [_picture(actor, number, f"1.2.826.0.1.3680043.10.{dice.randint(1, 10**9)}")
                for number in range(1, dice.randint(3, 6))]
    mean, title = dice.choice((15, 25, 40)), dice.choice(("TELERAD", "REMOTE1", "EXT_PACS"))
    while True:
        # dcmtk cannot be told where to speak from.
        actor.run("ip", "route", "replace", actor.plan.inner, "via", actor.plan.outer[2], "src",
                  dice.choice((actor.host.address, *actor.host.others)))
        act = dice.choices(("echo", "series", "orders"), (2, 4, 1))[0]
        if act == "echo":
            actor.run("echoscu", "-aet", title, "-aec", "PACS", *where)
        elif act == "series":
            _send_series(actor, title, dice.sample(pictures, dice.randint(1, len(pictures))))
        else:
            actor.run("findscu", "-W", "-aet", title, "-aec", "WARD", where[0], WORKLIST_PORT, "-k", "0010,0010=*",
                      "-k", "0010,0020", "-k", "0008,0050")
        actor.pause(mean)


@habit
def orders(actor):
    """A scanner that asks for its orders."""
    mean = actor.dice.choice((6, 12, 25))
    while True:
        actor.run("findscu", "-W", "-aet", "SCANNER", "-aec", "WARD", actor.address("records"), WORKLIST_PORT,
                  "-k", "0010,0010=" + actor.dice.choice(("", "*", "Li*", "O*")), "-k", "0010,0020",
                  "-k", "0020,000D", "-k", "0008,0050",
                  "-k", "(0040,0100)[0].Modality=" + actor.dice.choice(("CT", "", "MR")),
                  "-k", "(0040,0100)[0].0040,0002")
        actor.pause(mean)
