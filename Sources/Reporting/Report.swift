public import Ledger
public import Time

/// All that a report says, as data. Encoded it is what `--format json` writes and what the PDF
/// carries as `report.json`.
public struct Report: Codable, Sendable {
  /// Names this form; a change to it is a new number.
  public var format = "ward_report_1"
  /// What made it.
  public var generator: String
  /// When it was made.
  public var generated: Timestamp
  /// The first moment it tells of.
  public var from: Timestamp
  /// The first moment it no longer tells of.
  public var to: Timestamp
  /// The block of initiators it is limited to.
  public var source: String?
  /// The block of responders it is limited to.
  public var destination: String?
  /// Who may read it.
  public var classification: String
  /// The slice in numbers.
  public var totals: Totals
  /// Kinds of attack, most packets first.
  public var attacks: [AttackSummary]
  /// Initiators, most packets first, ``Bounds/parties`` at most.
  public var attackers: [Party]
  /// Responders, most packets first, ``Bounds/parties`` at most.
  public var targets: [Party]
  /// What was done, ``Bounds/actions`` at most.
  public var actions: [ActionTaken]
  /// How many actions there are.
  public var actionTotal: Int
  /// Attack rows by what was done about them.
  public var actionCounts: [String: Int]
  /// The width of a bucket of ``timeline``, in seconds.
  public var bucketSeconds: Int
  /// Packets over time.
  public var timeline: [TimelineBucket]
  /// What the stages told: losses, refusals.
  public var notices: [NoticeSummary]
  /// What each sensor covers.
  public var coverage: [Coverage]
  /// How many rows of evidence there are; they are in the CSV.
  public var evidenceRows: Int

  /// How much a report shows.
  public struct Bounds: Sendable {
    /// Attackers and targets each.
    public var parties = 20
    /// Actions.
    public var actions = 60
    /// Rows in the appendix.
    public var evidence = 60
    /// Rows in the CSV that the PDF carries.
    public var attachedRows = 100_000

    /// The bounds that fit a printed report.
    public init() {}
  }

  /// Asks `survey` for everything.
  ///
  /// - Parameters:
  ///   - now: the wall clock, said as the time of making and compared with the ends of actions.
  ///   - generator: name and version of the program.
  /// - Throws: what the survey throws.
  public init(
    _ survey: Survey, now: Timestamp, generator: String, classification: String,
    bounds: Bounds = Bounds()
  ) throws {
    let slice = survey.slice
    self.generator = generator
    generated = now
    (from, to) = (slice.from, slice.to)
    source = slice.source.map { "\($0)" }
    destination = slice.destination.map { "\($0)" }
    self.classification = classification
    totals = try survey.totals()
    attacks = try survey.attacks()
    attackers = try survey.attackers(limit: bounds.parties)
    targets = try survey.targets(limit: bounds.parties)
    (actions, actionTotal) = try survey.actions(limit: bounds.actions)
    actionCounts = try survey.actionCounts()
    let seconds = Int(clamping: slice.to.microseconds(since: slice.from) / 1_000_000)
    bucketSeconds = TimelineChart.bucketWidth(seconds: seconds)
    timeline = try survey.timeline(width: bucketSeconds)
    notices = try survey.notices()
    coverage = try survey.coverage()
    evidenceRows = try survey.evidenceCount()
  }

  /// Nothing happened that a person should look at: no attack, no unknown, nothing done, no loss.
  public var isQuiet: Bool {
    totals.attackRows == 0 && totals.unknownRows == 0 && actionTotal == 0 && notices.isEmpty
  }

  /// Actions that keep packets out at ``generated``.
  public var inForce: [ActionTaken] {
    actions.filter { $0.isInForce && ($0.expires.map { $0 > generated } ?? true) }
  }
}
