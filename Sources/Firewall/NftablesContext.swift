import CNftables

/// libnftables in this process: text in, text out, no child.
///
/// A class, since it owns the library's context: freed once, when the last owner goes.
public final class NftablesContext {
  private let context: OpaquePointer

  /// Opens the library's netlink socket, in the network namespace of this thread.
  ///
  /// - Throws: ``FirewallError``.
  public init() throws(FirewallError) {
    guard let context = nft_ctx_new(UInt32(NFT_CTX_DEFAULT)) else {
      throw FirewallError("unable to open nftables: no context")
    }
    self.context = context
    guard nft_ctx_buffer_output(context) == 0, nft_ctx_buffer_error(context) == 0 else {
      throw FirewallError("unable to open nftables: no memory")
    }
  }

  deinit { nft_ctx_free(context) }

  /// Runs `commands` as one transaction, and returns what they print.
  ///
  /// - Throws: ``FirewallError`` with the first line of what the library says.
  @discardableResult
  public func run(_ commands: String) throws(FirewallError) -> String {
    let failed = nft_run_cmd_from_buffer(context, commands) != 0
    let output = nft_ctx_get_output_buffer(context).map { String(cString: $0) } ?? ""
    let error = nft_ctx_get_error_buffer(context).map { String(cString: $0) } ?? ""
    guard failed else { return output }
    let line = error.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no cause given"
    throw FirewallError("unable to load nft rules: \(line.onOneLine)")
  }
}
