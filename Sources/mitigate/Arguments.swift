public import Addresses
public import ArgumentParser
public import Firewall

extension IPAddress: ExpressibleByArgument {
  /// Reads an address.
  public init?(argument: String) { self.init(argument) }
}

extension Prefix: ExpressibleByArgument {
  /// Reads an address or a CIDR block.
  public init?(argument: String) { self.init(argument) }
}

extension Mode: ExpressibleByArgument {}
