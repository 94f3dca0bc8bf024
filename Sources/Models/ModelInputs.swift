public import Tables

extension Measure {
  /// What a model looks at: all measures but those that name the tool, the network or the
  /// recorder, and those that repeat another.
  public static let modelInputs: [Measure] = allCases.filter { $0.modelExclusion == nil }

  /// Why a model does not look at the measure; nil: it does.
  public var modelExclusion: String? {
    switch self {
    case .ipVersion, .typeOfService:
      "configuration of the network"
    case .truncated:
      "a property of the recording"
    case .outOfOrder:
      "a property of the path"
    case .interArrival:
      "depends on the moment at which the row was written"
    case .fwdInitialWindow, .bwdInitialWindow:
      "names the operating system or the attacker's tool"
    case .fwdHeaderMin, .fwdHeaderLength, .bwdHeaderLength:
      "TCP options name the operating system or the attacker's tool"
    case .fwdSegmentAverage, .bwdSegmentAverage, .averagePacketSize:
      "repeats the mean payload"
    case .lengthVariance:
      "the square of the standard deviation, which to a tree is the same"
    case .activeMean, .activeStd, .activeMax, .activeMin, .idleMean, .idleStd, .idleMax, .idleMin:
      "the schedule of a device, not the deed of an attacker"
    case .pairGaps, .pairGapMean, .pairGapVariation:
      "the schedule of a device; the beacon detector reads it"
    default: nil
    }
  }

  /// What the windows say of source, destination, service and pair, as far as a model looks at it.
  public static let contextColumns: [Measure] = modelInputs.filter {
    (Measure.dstFlows1s.index...Measure.ctDstSrc.index).contains($0.index)
  }
}
