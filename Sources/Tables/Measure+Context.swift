extension Measure {
  /// Whether the column counts what else a target, service, source or pair did lately (seconds to
  /// an hour), rather than what is in the flow itself: `dst_flows_1s` to `ct_dst_src_ltm`.
  public var isContext: Bool {
    (Measure.dstFlows1s.index...Measure.ctDstSrc.index).contains(index)
  }
}
