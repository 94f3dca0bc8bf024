import GRDB

/// The ledger's tables and how older ones become them. A migration is never edited once released:
/// a change is a new one after it.
///
/// Moments are microseconds since 1970 (``Time/Timestamp``). Addresses stand twice: as text for
/// people with the sqlite3 shell, and as a key that sorts like ``Addresses/IPAddress`` (family
/// octet, then 4 or 16 octets), so that a CIDR block is one range of it.
enum Schema {
  /// `PRAGMA application_id`: "WARD" in ASCII.
  static let applicationID = 0x5741_5244
  /// The width of a cell of `traffic`, µs.
  static let cell: Int64 = 10_000_000

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: segments, flows, traffic, notices") { database in
      try database.execute(sql: first)
    }
    migrator.registerMigration("2: reasons, anomaly, corrections") { database in
      try database.execute(sql: second)
    }
    return migrator
  }

  // segments   one a file taken from the spool; packets and bytes are those of its final rows
  // flows      rows worth keeping as they are: attacks, unknowns, whatever was acted upon;
  //            kind 0 benign, 1 unknown, 2 attack; packets and bytes are the flow's so far
  // traffic    benign rows by ten seconds of packet time; packets and bytes of final rows only
  // notices    what the stages said that is not a row
  private static let first = """
    PRAGMA application_id = \(applicationID);
    CREATE TABLE segments (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      queue TEXT NOT NULL,
      sensor TEXT NOT NULL,
      first INTEGER NOT NULL,
      clock INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      attack_rows INTEGER NOT NULL,
      unknown_rows INTEGER NOT NULL,
      packets INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX segments_by_clock ON segments (clock);

    CREATE TABLE flows (
      id INTEGER PRIMARY KEY,
      segment INTEGER NOT NULL REFERENCES segments ON DELETE CASCADE,
      row INTEGER NOT NULL,
      start INTEGER NOT NULL,
      last INTEGER NOT NULL,
      source TEXT NOT NULL,
      source_key BLOB NOT NULL,
      source_port INTEGER NOT NULL,
      source_mac TEXT NOT NULL,
      destination TEXT NOT NULL,
      destination_key BLOB NOT NULL,
      destination_port INTEGER NOT NULL,
      destination_mac TEXT NOT NULL,
      protocol INTEGER NOT NULL,
      application TEXT NOT NULL,
      community_id TEXT NOT NULL,
      state TEXT NOT NULL,
      sensor TEXT NOT NULL,
      packets INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      folded INTEGER NOT NULL,
      folded_sources INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      label TEXT NOT NULL,
      attack TEXT NOT NULL,
      confidence REAL NOT NULL,
      judge TEXT NOT NULL,
      model_attack TEXT NOT NULL,
      model_confidence REAL NOT NULL,
      detector_attack TEXT NOT NULL,
      detector_reason TEXT NOT NULL,
      action TEXT NOT NULL,
      action_reason TEXT NOT NULL,
      spared_by TEXT NOT NULL,
      expires INTEGER,
      backend TEXT NOT NULL,
      UNIQUE (segment, row)
    ) STRICT;
    CREATE INDEX flows_by_last ON flows (last);
    CREATE INDEX flows_by_start ON flows (start);

    CREATE TABLE traffic (
      segment INTEGER NOT NULL REFERENCES segments ON DELETE CASCADE,
      time INTEGER NOT NULL,
      application TEXT NOT NULL,
      protocol INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      packets INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (segment, time, application, protocol)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX traffic_by_time ON traffic (time, rows, packets, bytes);

    CREATE TABLE notices (
      id INTEGER PRIMARY KEY,
      segment INTEGER NOT NULL REFERENCES segments ON DELETE CASCADE,
      row INTEGER NOT NULL,
      time INTEGER NOT NULL,
      stage TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      count INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (segment, row)
    ) STRICT;
    CREATE INDEX notices_by_time ON notices (time);
    """

  // corrections  what people said a row is; `-` where they took it back. By the row's place, not its
  //              id: a segment may be filed again, and a correction may come before its row
  private static let second = """
    ALTER TABLE flows ADD COLUMN model_reasons TEXT NOT NULL DEFAULT '-';
    ALTER TABLE flows ADD COLUMN anomaly REAL NOT NULL DEFAULT 0;
    CREATE TABLE corrections (
      segment TEXT NOT NULL,
      row INTEGER NOT NULL,
      label TEXT NOT NULL,
      time INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (segment, row)
    ) WITHOUT ROWID, STRICT;
    """
}
