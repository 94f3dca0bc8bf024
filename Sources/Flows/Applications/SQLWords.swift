/// What SQL means by a word.
enum SQLWords {
  /// The token that the word of lower-case letters is; nil for a name. `isCalled` says that a
  /// bracket follows.
  static func token(_ text: Octets, isCalled: Bool) -> SQLToken? {
    guard text.count >= 2, text.count <= 16 else {
      return isCatalog(text) ? SQLToken(.catalog) : nil
    }
    let key = Key(text)
    var (low, high) = (0, table.count)
    while low < high {
      let middle = (low + high) / 2
      if table[middle].key < key { low = middle + 1 } else { high = middle }
    }
    guard low < table.count, table[low].key == key else {
      return isCatalog(text) ? SQLToken(.catalog) : nil
    }
    let token = table[low].token
    guard token.kind == .function, !isCalled else { return token }
    return token.is(.object) ? SQLToken(.keyword, .object) : nil
  }

  /// Names that lead to the tables of a database about itself.
  private static func isCatalog(_ text: Octets) -> Bool {
    switch text[0].lowercased {
    case UInt8(ascii: "i"): text.matches("information_schema")
    case UInt8(ascii: "p"):
      text.matches("pg_catalog.") || text.matches("pg_shadow")
        || text.matches("performance_schema")
    case UInt8(ascii: "m"):
      text.matches("mysql.") || text.matches("msysobjects")
        || text.matches("master..")
    case UInt8(ascii: "s"):
      text.matches("sysobjects") || text.matches("sqlite_master")
        || text.matches("syscolumns") || text.matches("sysusers") || text.matches("sys.")
        || text.matches("sysibm.")
    case UInt8(ascii: "a"): text.matches("all_tab") || text.matches("all_users")
    case UInt8(ascii: "u"): text.matches("utl_") && text.first(0x2E) != nil
    case UInt8(ascii: "d"): text.matches("dbms_") && text.first(0x2E) != nil
    case UInt8(ascii: "c"): text.matches("ctxsys.")
    case UInt8(ascii: "r"): text.matches("rdb$")
    default: false
    }
  }

  private struct Key: Comparable {
    var high: UInt64
    var low: UInt64

    init(_ text: Octets) {
      // Letters only become lower case; digits and the rest keep their bits.
      high = Key.lowered(text.word(at: 0)).bigEndian
      low = Key.lowered(text.word(at: 8)).bigEndian
    }

    static func < (left: Key, right: Key) -> Bool {
      left.high == right.high ? left.low < right.low : left.high < right.high
    }

    private static func lowered(_ word: UInt64) -> UInt64 {
      var word = word
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        let byte = UInt8(truncatingIfNeeded: word >> shift)
        if byte &- 65 < 26 { word |= 0x20 << shift }
      }
      return word
    }
  }

  private static let table: [(key: Key, token: SQLToken)] = {
    var table: [(key: Key, token: SQLToken)] = []
    for (names, token) in vocabulary {
      for name in names.split(separator: " ") {
        var bytes = Array(name.utf8)
        let key = bytes.withUnsafeMutableBytes { Key(Octets(UnsafeRawBufferPointer($0))) }
        table.append((key, token))
      }
    }
    return table.sorted { $0.key < $1.key }
  }()

  private static func keyword(_ word: SQLWord) -> SQLToken { SQLToken(.keyword, word) }

  private static let vocabulary: [(String, SQLToken)] = [
    ("and or xor", SQLToken(.logical)),
    ("not", SQLToken(.not)),
    ("like rlike regexp between is in glob ilike", SQLToken(.comparison, 1)),
    ("div mod collate escape", SQLToken(.sign)),
    ("null true false", SQLToken(.constant)),
    ("select", keyword(.select)), ("union intersect except minus", keyword(.union)),
    ("all distinct distinctrow", keyword(.all)), ("values", keyword(.values)),
    ("from", keyword(.from)), ("into", keyword(.into)), ("outfile dumpfile", keyword(.outfile)),
    ("where", keyword(.where)), ("having", keyword(.having)), ("as", keyword(.as)),
    ("order", keyword(.order)), ("group", keyword(.group)), ("by", keyword(.by)),
    ("limit", keyword(.limit)), ("procedure", keyword(.procedure)),
    ("insert", keyword(.insert)), ("update", keyword(.update)), ("delete", keyword(.delete)),
    ("drop", keyword(.drop)), ("create", keyword(.create)), ("alter", keyword(.alter)),
    ("truncate", keyword(.truncate)), ("set", keyword(.set)), ("table", keyword(.table)),
    ("view index login function trigger", keyword(.object)),
    ("database user schema", SQLToken(.function, .object)),
    ("exec execute", keyword(.execute)), ("declare", keyword(.declare)),
    ("shutdown", keyword(.shutdown)), ("waitfor", keyword(.waitfor)),
    ("delay time", keyword(.delay)), ("case", keyword(.case)), ("when", keyword(.when)),
    ("then", keyword(.then)), ("end", keyword(.end)), ("grant", keyword(.grant)),
    ("rename", keyword(.rename)), ("exists", keyword(.exists)),
    ("sleep", SQLToken(.function, .sleep)), ("benchmark", SQLToken(.function, .benchmark)),
    (
      "pg_sleep extractvalue updatexml load_file gtid_subset randomblob xmltype "
        + "generate_series load_extension readfile dblink query_to_xml sqlite_version "
        + "pg_read_file lo_import json_keys name_const xp_cmdshell",
      SQLToken(.function, .dangerous)
    ),
    (
      "count char left right length version replace reverse password "
        + "position mid hex date format trim upper lower round floor min max sum space abs mod "
        + "cast convert repeat rand row pi",
      SQLToken(.function, .common)
    ),
    ("if iif elt make_set choose decode nvl ifnull nullif coalesce field", choice),
    (
      "concat concat_ws group_concat substr substring ascii ord chr unhex md5 sha1 sha "
        + "current_user system_user session_user user_name db_name locate instr strcmp "
        + "conv char_length bin find_in_set lpad rpad greatest least len substring_index "
        + "string_agg listagg regexp_replace to_char unicode nchar quote",
      SQLToken(.function, .plain)
    ),
  ]

  private static let choice = SQLToken(.function, .choice)
}
