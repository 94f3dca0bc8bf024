/// The counts of one conversation. A flow speaks one protocol, so protocols share the places.
struct Tallies: BitwiseCopyable {
  fileprivate var first: UInt32 = 0
  fileprivate var second: UInt32 = 0
  fileprivate var third: UInt32 = 0
  fileprivate var fourth: UInt32 = 0
  fileprivate var fifth: UInt32 = 0
  fileprivate var sixth: UInt32 = 0
  fileprivate var seventh: UInt32 = 0
  /// The largest of something: adding another keeps the larger.
  fileprivate var largest: UInt32 = 0
  /// Logins that were refused, whatever the protocol.
  var loginFailures: UInt32 = 0

  mutating func absorb(_ other: Tallies) {
    first.bump(other.first)
    second.bump(other.second)
    third.bump(other.third)
    fourth.bump(other.fourth)
    fifth.bump(other.fifth)
    sixth.bump(other.sixth)
    seventh.bump(other.seventh)
    largest = max(largest, other.largest)
    loginFailures.bump(other.loginFailures)
  }
}

extension UInt32 {
  /// Adds, and stays at the largest number.
  @inline(__always) mutating func bump(_ number: UInt32 = 1) {
    let (sum, isOver) = addingReportingOverflow(number)
    self = isOver ? .max : sum
  }
}

// MARK: The places, by protocol

extension Tallies {
  var mqttConnects: UInt32 {
    get { first }
    set { first = newValue }
  }
  var mqttRefusals: UInt32 {
    get { second }
    set { second = newValue }
  }
  var mqttPublishes: UInt32 {
    get { third }
    set { third = newValue }
  }
  var mqttSubscribes: UInt32 {
    get { fourth }
    set { fourth = newValue }
  }
  var mqttWildcards: UInt32 {
    get { fifth }
    set { fifth = newValue }
  }
  var mqttMalformed: UInt32 {
    get { sixth }
    set { sixth = newValue }
  }
  var mqttEverything: UInt32 {
    get { seventh }
    set { seventh = newValue }
  }

  var dnsQueries: UInt32 {
    get { first }
    set { first = newValue }
  }
  var dnsAnswers: UInt32 {
    get { second }
    set { second = newValue }
  }
  var dnsAnswerBytes: UInt32 {
    get { third }
    set { third = newValue }
  }
  var dnsAnyQueries: UInt32 {
    get { fourth }
    set { fourth = newValue }
  }
  var dnsFailures: UInt32 {
    get { fifth }
    set { fifth = newValue }
  }
  var dnsLongestName: UInt32 {
    get { largest }
    set { largest = newValue }
  }

  var httpRequests: UInt32 {
    get { first }
    set { first = newValue }
  }
  var httpPosts: UInt32 {
    get { second }
    set { second = newValue }
  }
  var httpErrors: UInt32 {
    get { third }
    set { third = newValue }
  }
  var httpAuthFailures: UInt32 {
    get { fourth }
    set { fourth = newValue }
  }

  var tlsClientHellos: UInt32 {
    get { first }
    set { first = newValue }
  }
  var tlsAlerts: UInt32 {
    get { second }
    set { second = newValue }
  }

  var dicomAssociations: UInt32 {
    get { first }
    set { first = newValue }
  }
  var dicomRejections: UInt32 {
    get { second }
    set { second = newValue }
  }

  var hl7Messages: UInt32 {
    get { first }
    set { first = newValue }
  }
  var hl7Refusals: UInt32 {
    get { second }
    set { second = newValue }
  }
}
