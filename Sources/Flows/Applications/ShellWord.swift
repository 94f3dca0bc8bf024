/// Names of commands, and what must stand behind them to make one.
enum ShellWord {
  enum Use: BitwiseCopyable {
    /// The name is no other word.
    case alone
    /// It may be the name of something else.
    case brief
    /// It is a word, or does nothing alone.
    case withArgument
    /// The same, and a number is enough.
    case withNumber
  }

  /// By the first eight letters, lowest first.
  static let uses: [UInt64: Use] = {
    var uses: [UInt64: Use] = [:]
    func put(_ words: String, _ use: Use) {
      for word in words.split(separator: " ") {
        var key: UInt64 = 0
        for (index, byte) in word.utf8.prefix(8).enumerated() {
          key |= UInt64(byte) << UInt64(8 * index)
        }
        uses[key] = use
      }
    }
    put(
      "whoami uname ifconfig ipconfig netstat systeminfo tasklist printenv powershell pwsh cmd.exe "
        + "nslookup", .alone)
    put("id ls dir ps pwd env cmd sh bash ver hostname", .brief)
    put(
      "cat wget curl type rm chmod chown mv cp touch more less "
        + "head tail find grep awk sed tac nl od xxd base64 python python2 python3 perl ruby php node "
        + "dig host tftp ftp scp ssh net certutil bitsadmin zsh dash ksh busybox crontab "
        + "mkfifo su sudo nohup xterm socat openssl tar unzip which", .withArgument)
    put("nc ncat netcat ping ping6 sleep timeout echo kill telnet", .withNumber)
    return uses
  }()
}
