import Addresses
import Testing
import TestSupport

struct MACAddressTests {
  @Test(arguments: ["00:00:5e:00:53:af", "00-00-5E-00-53-AF"])
  func `octets between colons or hyphens are read`(text: String) throws {
    let address = try #require(MACAddress(text))
    #expect(address.bits == 0x0000_5E00_53AF)
    #expect(address.description == "00:00:5e:00:53:af")
  }

  @Test(arguments: [
    "", "00:00:5e:00:53", "00:00:5e:00:53:af:01", "0:0:5e:0:53:af", "00005e0053af",
    "00:00:5e:00:53:ag", "00:00:5e:00:53:+f", " 00:00:5e:00:53:af", "00:00:5e:00:53:af ",
    "00::5e:00:53:af", "０0:00:5e:00:53:af",
  ])
  func `anything else is refused`(text: String) {
    #expect(MACAddress(text) == nil)
  }

  @Test func `every address reads back from its own text`() {
    var random = Seeded(state: 802)
    for _ in 0..<5_000 {
      let address = MACAddress(bits: random.next())
      #expect(address.bits >> 48 == 0)
      #expect(MACAddress(address.description) == address)
    }
  }

  @Test func `the group bit is the first octet's lowest`() {
    #expect(MACAddress("ff:ff:ff:ff:ff:ff")?.isGroup == true)
    #expect(MACAddress("01:00:5e:00:00:01")?.isGroup == true)
    #expect(MACAddress("02:00:00:00:00:01")?.isGroup == false)
    #expect(!MACAddress.none.isGroup)
  }
}
