import Addresses
import Packets
import Tables
import Testing

/// The specification's own examples (github.com/corelight/community-id-spec, `baseline/`), and cases
/// it leaves out, computed from its pseudo code by an independent program.
struct CommunityIDTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let ipProtocol: UInt8
    let source: String
    let destination: String
    /// Ports, or ICMP type and code.
    let first: UInt16
    let second: UInt16
    let id: String

    init(
      _ ipProtocol: UInt8, _ source: String, _ destination: String, _ first: UInt16 = 0,
      _ second: UInt16 = 0, _ id: String
    ) {
      (self.ipProtocol, self.source, self.destination) = (ipProtocol, source, destination)
      (self.first, self.second, self.id) = (first, second, id)
    }

    var testDescription: String { "\(ipProtocol) \(source) \(first) \(destination) \(second)" }

    func frame() throws -> [UInt8] {
      let from = End(try #require(IPAddress(source)), first)
      let to = End(try #require(IPAddress(destination)), second)
      switch ipProtocol {
      case 1, 58: return Frames.icmp(from, to, type: UInt8(first), code: UInt8(second))
      case 6: return Frames.tcp(from, to, .ack)
      case 17: return Frames.udp(from, to)
      case 132:
        return Frames.ip(
          from, to, 132, Frames.big(first) + Frames.big(second) + [0, 0, 0, 0, 0, 0, 0, 0])
      default: return Frames.ip(from, to, ipProtocol, [1, 2, 3, 4])
      }
    }
  }

  static let published = [
    Example(
      58, "fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", 135, 0,
      "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="),
    Example(
      58, "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", 136, 0,
      "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="),
    Example(
      58, "3ffe:501:1800:2345::2", "3ffe:507:0:1:200:86ff:fe05:80da", 3, 0,
      "1:2ObVBgIn28oZvibYZhZMBgh7WdQ="),
    Example(
      58, "3ffe:501:410:0:2c0:dfff:fe47:33e", "3ffe:507:0:1:200:86ff:fe05:80da", 1, 4,
      "1:hLZd0XGWojozrvxqE0dWB1iM6R0="),
    Example(
      58, "3ffe:507:0:1:200:86ff:fe05:80da", "3ffe:501:0:1001::2", 128, 0,
      "1:+TW+HtLHvV1xnGhV1lv7XoJrqQg="),
    Example(58, "fe80::200:86ff:fe05:80da", "ff02::2", 133, 0, "1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0="),
    Example(58, "fe80::260:97ff:fe07:69ea", "ff02::1", 134, 0, "1:pkvHqCL88/tg1k4cPigmZXUtL00="),
    Example(1, "192.168.0.89", "192.168.0.1", 8, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="),
    Example(1, "192.168.0.1", "192.168.0.89", 0, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="),
    Example(1, "10.0.0.1", "10.0.0.2", 11, 0, "1:YHxtAirCG//0OzkcVAukqKQN9xM="),
    Example(
      6, "2001:470:e5bf:dead:4957:2174:e82c:4887", "2607:f8b0:400c:c03::1a", 63_943, 25,
      "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4="),
    Example(132, "192.168.170.8", "192.168.170.56", 7, 7, "1:MP2EtRCAUIZvTw6MxJHLV7N7JDs="),
    Example(6, "128.232.110.120", "66.35.250.204", 34_855, 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
    Example(6, "66.35.250.204", "128.232.110.120", 80, 34_855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
    Example(17, "192.168.1.52", "8.8.8.8", 54_585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="),
    Example(17, "8.8.8.8", "192.168.1.52", 53, 54_585, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="),
    Example(46, "10.1.12.1", "10.1.12.2", 0, 0, "1:KHlLkgoJW7ifUTyTSgyVfkFHzKw="),
    Example(46, "10.1.12.2", "10.1.12.1", 0, 0, "1:KHlLkgoJW7ifUTyTSgyVfkFHzKw="),
  ]

  static let computed = [
    Example(1, "10.0.0.2", "10.0.0.1", 3, 3, "1:LhjXG72oBqb/FpYqPl9LboG4/B4="),
    Example(1, "10.0.0.1", "10.0.0.2", 3, 3, "1:sn6MAmXQ6UD1gYE1XbV3XTNewrk="),
    Example(17, "10.0.0.1", "10.0.0.1", 9, 5, "1:H9gkJ40CkYWOkcWuo6bGMyHeG7U="),
    Example(47, "10.0.0.9", "10.0.0.2", 0, 0, "1:7h1zEv1fGBMn6Cc67R01QoIM0s4="),
  ]

  @Test(arguments: published + computed)
  func `a flow has the identifier other tools give it`(example: Example) throws {
    let row = try #require(try rows(of: [Shot(0, try example.frame())]).first)
    #expect(row.identity.communityID == example.id)
  }
}
