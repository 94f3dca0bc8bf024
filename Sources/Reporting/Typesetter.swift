import Glibc

/// Why a PDF could not be made.
public enum TypesettingError: Error, CustomStringConvertible, Sendable {
  /// Typst is not there; the words of the launcher.
  case absent(String)
  /// Typst refused; its words.
  case refused(String)
  /// The system refused.
  case system(verb: String, object: String, errno: CInt)

  /// "unable to VERB OBJECT: cause".
  public var description: String {
    switch self {
    case .absent(let words): words
    case .refused(let words): "unable to typeset the report: \(words)"
    case .system(let verb, let object, let code):
      "unable to \(verb) \(object): \(String(cString: strerror(code)))"
    }
  }
}

/// Makes PDFs through `scripts/typst`, which runs the Typst that is there.
public struct Typesetter: Sendable {
  /// The launcher: called with the layout, the PDF to make and the folder beyond which nothing
  /// may be read; exits 69 with one line if there is no Typst.
  public let launcher: String

  /// A typesetter that runs `launcher`.
  public init(launcher: String) { self.launcher = launcher }

  /// Writes `document` as a PDF to `output`, whole or not at all.
  ///
  /// - Throws: ``TypesettingError``.
  public func typeset(_ document: Document, to output: String) throws(TypesettingError) {
    let folder = try makeFolder()
    defer {
      for file in document.files { unlink("\(folder)/\(file.name)") }
      unlink("\(folder)/words")
      rmdir(folder)
    }
    for file in document.files { try save(file.bytes, "\(folder)/\(file.name)") }
    let draft = "\(output).part"
    let status = try run(["\(folder)/main.typ", draft, folder], words: "\(folder)/words")
    guard status == 0 else {
      unlink(draft)
      let words = Self.firstLine("\(folder)/words")
      guard status != 69 else { throw .absent(words) }
      throw .refused(words.isEmpty ? "\(launcher) ended with \(status)" : words)
    }
    guard rename(draft, output) == 0 else {
      let code = errno
      unlink(draft)
      throw .system(verb: "write", object: output, errno: code)
    }
  }

  private func makeFolder() throws(TypesettingError) -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/ward-report-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .system(verb: "make a folder in", object: parent, errno: errno)
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func save(_ bytes: [UInt8], _ path: String) throws(TypesettingError) {
    do {
      try FileWriter.write(bytes, to: path)
    } catch {
      throw .system(verb: "write", object: path, errno: error.code)
    }
  }

  /// The launcher's exit status; 128 and more for a signal.
  private func run(_ arguments: [String], words: String) throws(TypesettingError) -> CInt {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, words, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var argv: [UnsafeMutablePointer<CChar>?] = ([launcher] + arguments).map { strdup($0) }
    argv.append(nil)
    defer { for argument in argv { free(argument) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, launcher, &actions, nil, argv, environ)
    guard code == 0 else { throw .system(verb: "run", object: launcher, errno: code) }
    var status: CInt = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw .system(verb: "wait for", object: launcher, errno: errno) }
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  private static func firstLine(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 2_000)
    let count = read(descriptor, &bytes, bytes.count)
    let line = bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }
    return line.isEmpty ? "" : Display.text(String(decoding: line, as: UTF8.self), limit: 400)
  }
}
