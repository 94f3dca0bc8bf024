/// A token of SQL: what the judge needs of it.
struct SQLToken: BitwiseCopyable {
  enum Kind: UInt8 {
    case end
    case number, string, variable, constant
    /// A name that SQL does not know, or knows in places where it is none of these.
    case word
    /// A function of SQL's, an opening bracket behind it.
    case function
    /// A name that only administration tables have.
    case catalog
    case keyword
    case logical, comparison, sign, not
    case open, close, comma, semicolon, comment, other
  }

  var kind: Kind
  /// Which keyword or function; of strings and comments, what ``Trait`` says.
  var detail: UInt8

  init(_ kind: Kind, _ detail: UInt8 = 0) {
    self.kind = kind
    self.detail = detail
  }

  init(_ kind: Kind, _ word: SQLWord) { self.init(kind, word.rawValue) }

  func `is`(_ word: SQLWord) -> Bool {
    (kind == .keyword || kind == .function) && detail == word.rawValue
  }

  struct Trait: OptionSet {
    let rawValue: UInt8
    /// A string that does not end.
    static let open = Trait(rawValue: 1)
    static let empty = Trait(rawValue: 2)
    /// It holds blanks, or is long.
    static let prose = Trait(rawValue: 4)
    /// A comment that begins with two hyphens.
    static let hyphens = Trait(rawValue: 8)
  }
  var traits: Trait { Trait(rawValue: detail) }
}

/// The words that the judge tells apart.
enum SQLWord: UInt8 {
  case none
  case select, union, all, values, from, into, outfile, `where`, having, `as`
  case orderBy, groupBy, by, order, group, limit, procedure
  case insert, update, delete, drop, create, alter, truncate, set, table, object
  case execute, declare, shutdown, waitfor, delay, `case`, when, then, end, grant, rename
  case exists
  /// Functions that wait, read files, or raise errors that tell: no harmless use in a request.
  case dangerous
  /// `sleep`: dangerous with a number.
  case sleep
  /// `benchmark`: dangerous with two arguments.
  case benchmark
  /// Functions that also are English words or usual in other languages.
  case common
  /// `if` and its kin, which choose.
  case choice
  /// Other functions.
  case plain
}
