"""`scripts/evaluate self-test`: the script's own logic, on captures and truth made here."""
import contextlib, io, json, pathlib, struct, tempfile, unittest

from . import charts, difference, families, labels, markdown, mutate, pcap, rooms, rows, tally, truth

FLOWS = """proto,src_ip,src_port,dst_ip,dst_port,first_ts,last_ts,packets,bytes,label,source
6,192.0.2.1,1000,192.0.2.9,80,100.0,101.0,3,180,SYN_FLOOD,a.pcap
6,192.0.2.1,1000,192.0.2.9,80,200.0,201.0,9,900,BENIGN,a.pcap
6,192.0.2.2,1001,192.0.2.9,80,100.0,101.0,3,180,SYN_FLOOD,a.pcap
arp,192.0.2.1,0,192.0.2.9,0,100.0,100.0,1,42,BENIGN,a.pcap
"""


def row(source, destination, start=100.0, last=100.5, protocol=6, folded=1, attack="SYN_FLOOD", action="none"):
    """A row with the given ends, each (address, port)."""
    return rows.Row(start, last, *source, *destination, protocol, "-", folded, attack, "both", action)


class Scratch(unittest.TestCase):
    """A folder with one labelled capture's truth."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        (self.folder / "truth/dev").mkdir(parents=True)
        (self.folder / "truth/dev/lab__a.pcap.flows.csv").write_text(FLOWS)

    def capture(self, label="SYN_FLOOD", rule="all flows", file="lab/a.pcap", effects=frozenset()):
        return labels.Capture(self.folder, file, label, rule, "high", effects)


class TruthTests(Scratch):
    CLIENT, SERVER = ("192.0.2.1", 1000), ("192.0.2.9", 80)

    def label(self, one, **capture):
        found = truth.Truth(self.capture(**capture)).label(one)
        return found and found[0]

    def test_a_row_has_the_label_of_its_flow_either_way_round(self):
        self.assertEqual(self.label(row(self.CLIENT, self.SERVER)), "SYN_FLOOD")
        self.assertEqual(self.label(row(self.SERVER, self.CLIENT)), "SYN_FLOOD")

    def test_of_two_flows_with_the_same_ends_time_decides(self):
        self.assertEqual(self.label(row(self.CLIENT, self.SERVER, start=200.2, last=200.4)), "BENIGN")

    def test_a_folded_row_has_the_label_of_flows_like_it(self):
        self.assertEqual(self.label(row(("0.0.0.0", 0), self.SERVER, folded=9), rule="-"), "SYN_FLOOD")
        self.assertIsNone(self.label(row(("0.0.0.0", 0), ("192.0.2.8", 80), folded=9), rule="-"))

    def test_rows_of_no_flow_have_the_rule_of_the_capture(self):
        other = row(("192.0.2.7", 5), ("192.0.2.9", 80))
        self.assertEqual(self.label(other, rule="all flows"), "SYN_FLOOD")
        self.assertIsNone(self.label(other, rule="192.0.2.1 -> 192.0.2.9:80; other srcs background"))
        self.assertEqual(self.label(other, rule="attack iff 192.0.2.1 is an endpoint, else BENIGN"), "BENIGN")

    def test_side_effects_are_neither_attack_nor_everyday(self):
        later = row(self.CLIENT, self.SERVER, start=200.2, last=200.4)
        self.assertIsNone(self.label(later, effects=frozenset(["a.pcap"])))

    def test_every_row_of_a_capture_without_attack_is_benign(self):
        self.assertEqual(self.label(row(self.CLIENT, self.SERVER), label="BENIGN"), "BENIGN")


class TallyTests(Scratch):
    def test_rows_incidents_and_blocks_are_counted(self):
        ends = ("192.0.2.1", 1000), ("192.0.2.9", 80)
        found = [row(*ends), row(*ends, attack="BENIGN"), row(*ends, attack="DDOS", action="blocked"),
                 row(*ends, start=200.2, last=200.4), row(("192.0.2.77", 1), ends[1], action="blocked")]

        class Programs:
            model = ""

            def judged(self, path):
                return found
        result = tally.evaluate(self.capture(rule="-"), Programs())
        self.assertEqual([result["attack"][key] for key in ("rows", "flagged", "family", "strict")], [3, 2, 2, 1])
        self.assertEqual((result["benign"]["rows"], result["benign"]["alarms"], result["unlabelled"]), (1, 1, 1))
        self.assertEqual(result["blocked_honest"], ["192.0.2.77"])
        self.assertEqual(result["incidents"][0]["alert_s"], 0.5)
        json.dumps(result)

    def test_years_between_packets_are_not_watched(self):
        found = [row(("192.0.2.1", 1), ("192.0.2.2", 2), start=at, last=at + 10) for at in (0, 5, 1e9)]
        self.assertEqual(tally.watched(found), 25)


class RoomTests(unittest.TestCase):
    def test_alarms_of_every_source_are_counted(self):
        one, other = rooms.score.Score(), rooms.score.Score()
        one.alarms.update({("192.0.2.1", "DDOS"): 2, ("192.0.2.2", "DDOS"): 3, ("192.0.2.1", "PORT_SCAN"): 1})
        other.alarms.update({("192.0.2.1", "DDOS"): 5})
        self.assertEqual(rooms.merged([one, other])["alarms"], {"DDOS": 10, "PORT_SCAN": 1})


class NameTests(unittest.TestCase):
    def test_a_family_is_no_wider_than_it_must_be(self):
        self.assertTrue(families.in_family("SQL_INJECTION", "WEB_ATTACK"))
        self.assertTrue(families.in_family("DDOS", "UDP_FLOOD"))
        self.assertFalse(families.in_family("UDP_FLOOD", "AMPLIFICATION"))
        self.assertFalse(families.in_family("PORT_SCAN", "SYN_FLOOD"))


class MutationTests(Scratch):
    def datagram(self, size=10):
        udp = struct.pack(">4H", 1000, 53, 8 + size, 0) + bytes(size)
        header = struct.pack(">BBHHHBBH8s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, bytes(8))
        data = bytes(12) + b"\x08\x00" + header + udp
        return pcap.Packet(5 * pcap.SECOND, len(data), data)

    def test_a_capture_written_is_read_again(self):
        path = self.folder / "a.pcap"
        pcap.write(path, 1, [self.datagram()])
        self.assertEqual(pcap.read(path), (1, [self.datagram()]))

    def test_ports_move_and_datagrams_grow(self):
        changed = mutate.otherwise([self.datagram()], 1, by=7000, pad=6)[0]
        self.assertEqual(struct.unpack_from(">3H", changed.data, 34), (8000, 7053, 24))
        self.assertEqual(struct.unpack_from(">H", changed.data, 16)[0], 44)
        self.assertEqual((changed.length, len(changed.data)), (58, 58))

    def test_a_cut_packet_grows_on_the_wire_alone(self):
        cut = self.datagram()
        cut = pcap.Packet(cut.time, 500, cut.data)
        changed = mutate.otherwise([cut], 1, pad=6)[0]
        self.assertEqual((changed.length, len(changed.data)), (506, len(cut.data)))

    def test_a_port_never_becomes_none(self):
        self.assertEqual([mutate.moved(port, 1) for port in (0, 1, 65535)], [0, 2, 1])

    def test_pauses_grow_and_truth_with_them(self):
        times = [packet.time for packet in mutate.slower([pcap.Packet(at, 1, b"") for at in (7, 9)], 10)]
        self.assertEqual(times, [7, 27])
        target = self.folder / "b.flows.csv"
        mutate.truth(self.capture().flows, target, begin=100.0, factor=10)
        self.assertIn(",1100.000000,1110.000000,", target.read_text())


class TextTests(Scratch):
    def test_only_what_is_marked_is_replaced(self):
        document = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n"
        self.assertEqual(markdown.replaced(document, {"x": "new"}), document.replace("old", "new"))
        with self.assertRaises(ValueError):
            markdown.replaced(document, {"y": "new"})

    def test_a_share_is_never_rounded_up_to_all(self):
        self.assertEqual([markdown.percent(9999, 10000), markdown.percent(1, 1)], ["99.9 %", "100.0 %"])

    def test_a_chart_has_a_point_for_each_value(self):
        panel = charts.Panel("a < b", [charts.Line("one", "", [0, 1]), charts.Line("two", "4 3", [1, 0])])
        drawn = charts.multiples("title", ["x", "y"], [panel])
        self.assertEqual(drawn.count("<circle"), 6)
        self.assertIn("a &lt; b", drawn)

    def test_two_runs_differ_by_what_changed(self):
        def run(name, alarms):
            one = {"file": "a", "label": "BENIGN", "incidents": [], "attack": {"rows": 0}, "blocked": [],
                   "benign": {"alarms": alarms, "unknown": 0, "alerts": 1}, "blocked_honest": []}
            path = self.folder / name
            path.write_text(json.dumps({"captures": [one], "rooms": {"takes": [{"name": "x", "n": alarms}]}}))
            return str(path)
        with contextlib.redirect_stdout(io.StringIO()) as words:
            difference.main([run("before", 2), run("after", 1)])
        self.assertEqual(words.getvalue().splitlines(), [
            "all benign captures alarms: 2 -> 1", "a false alarms: 2 -> 1", "rooms takes x n: 2 -> 1"])


def main():
    """0 if all is well."""
    suite = unittest.defaultTestLoader.loadTestsFromName(__name__)
    result = unittest.TextTestRunner(verbosity=0).run(suite)
    return 0 if result.wasSuccessful() else 1
