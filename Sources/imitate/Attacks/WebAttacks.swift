import Tables

extension Act {
  /// Requests beyond what a web server takes, from one machine.
  static let httpFloods: [Act] = [
    Act("http-flood") { scene, slot in
      httpFlood(slot, rate: 20...1200, perConnection: 1...3, &scene)
    },
    Act("http-flood-pipelined") { scene, slot in
      httpFlood(slot, rate: 2...60, perConnection: 20...300, &scene)
    },
  ]

  private static func httpFlood(
    _ slot: Range<Int64>, rate: ClosedRange<Double>, perConnection: ClosedRange<Int>,
    _ scene: inout Scene
  ) {
    let attacker = scene.attacker()
    let victim = scene.random.pick([scene.room.intranet, scene.room.records, scene.room.printer])
    let burst = Burst(&scene, in: slot, rate: rate, seconds: 3...30, limit: 1500)
    let port: UInt16 = scene.random.pick([80, 80, 8080])
    let busy = scene.random.chance(0.3)
    let size = Int(scene.random.spread(100...6000))
    var requests = 0
    var end = burst.span.upperBound
    for time in burst.times where requests < 8000 {
      var talk = Conversation(&scene, at: time, attacker, victim, port: port)
      talk.open(&scene)
      for _ in 0..<scene.random.number(perConnection) where talk.now < slot.upperBound {
        requests += 1
        let path = "/\(scene.random.word(4))?\(scene.random.word(8))"
        talk.say(.client, HTTP.request(path, host: "ward", agent: HTTP.agents[1]), &scene)
        talk.wait(Int64(scene.random.exponential(2000)), &scene)
        let body = [UInt8](repeating: 0x62, count: busy ? 40 : size)
        talk.say(
          .server, HTTP.response(body, status: busy ? "503 Service Unavailable" : "200 OK"), &scene)
      }
      if scene.random.chance(0.3) {
        talk.abort(.client, &scene)
      } else {
        talk.close(.client, &scene)
      }
      end = max(end, talk.now)
    }
    scene.truth.add(
      .httpFlood, burst.span.lowerBound..<end, from: attacker.address, to: victim.address,
      protocol: 6, port: port)
  }

  /// SQL in requests to a web application, clear or encoded.
  static let sqlInjections: [Act] = [
    Act("sql-injection") { scene, slot in
      let attacker = scene.attacker()
      sqlInjection(from: attacker, to: scene.room.records, slot, requests: 4...120, &scene)
    }
  ]

  private static let injections = [
    "' OR '1'='1", "1' OR 1=1-- -", "' UNION SELECT username, password FROM users-- -",
    "1; DROP TABLE patients--", "1' AND SLEEP(5)-- -", "admin'--",
    "1 UNION ALL SELECT NULL,NULL,NULL",
    "' AND 1=(SELECT COUNT(*) FROM information_schema.tables)--", "1' ORDER BY 10--+",
    "'; EXEC xp_cmdshell('dir');--", "1' WAITFOR DELAY '0:0:5'--", "-1' UNION SELECT @@version,2#",
    "' OR 'a'='a' /*", "1') OR ('1'='1", "' AND extractvalue(1,concat(0x7e,version()))-- -",
    "1' AND ASCII(SUBSTRING((SELECT password FROM users LIMIT 1),1,1))>64-- -",
    "1' RLIKE (SELECT (CASE WHEN (1=1) THEN 1 ELSE 0x28 END))-- ", "' HAVING 1=1--",
  ]

  /// A run of requests with injections, some connections reused.
  static func sqlInjection(
    from attacker: Host, to victim: Host, _ slot: Range<Int64>, requests: ClosedRange<Int>,
    _ scene: inout Scene
  ) {
    let burst = Burst(
      &scene, in: slot, rate: 0.5...30, seconds: 3...40, limit: scene.random.number(requests))
    var end = burst.span.upperBound
    for time in burst.times {
      var talk = Conversation(&scene, at: time, attacker, victim, port: 80)
      talk.open(&scene)
      for _ in 0..<scene.random.pick([1, 1, 1, 3]) {
        talk.say(.client, injectedRequest(&scene), &scene)
        talk.wait(Int64(scene.random.spread(1000...200_000)), &scene)
        let status = scene.random.pick(["200 OK", "500 Internal Server Error", "403 Forbidden"])
        let size = scene.random.number(100...5000)
        talk.say(
          .server, HTTP.response([UInt8](repeating: 0x63, count: size), status: status), &scene)
      }
      talk.close(scene.random.chance(0.5) ? .client : .server, &scene)
      end = max(end, talk.now)
    }
    scene.truth.add(
      .sqlInjection, burst.span.lowerBound..<(end + second), from: attacker.address,
      to: victim.address, protocol: 6, port: 80)
  }

  private static func injectedRequest(_ scene: inout Scene) -> [UInt8] {
    let style = scene.random.number(0...4)
    let text = encoded(scene.random.pick(injections), style, &scene.random)
    let agent = scene.random.pick(["sqlmap/1.7.2#stable (https://sqlmap.org)", HTTP.agents[0]])
    let field = scene.random.pick(["id", "name", "q", "ward", "user"])
    if scene.random.chance(0.6) {
      let path = "\(scene.random.pick(["/patients", "/search", "/login.php"]))?\(field)=\(text)"
      return HTTP.request(path, host: "records.ward", agent: agent)
    }
    return HTTP.request(
      "/login", method: "POST", host: "records.ward", agent: agent,
      body: [UInt8]("\(field)=\(text)&submit=1"), type: "application/x-www-form-urlencoded")
  }

  /// 0 only blanks, 1 all but letters and digits, 2 everything, 3 comments for blanks, 4 mixed case.
  private static func encoded(_ text: String, _ style: Int, _ random: inout Generator) -> String {
    var result = ""
    for byte in text.utf8 {
      let character = Character(UnicodeScalar(byte))
      let hex = (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      switch style {
      case 2: result += hex
      case 3 where byte == 32: result += "/**/"
      case _ where byte == 32: result += random.chance(0.5) ? "+" : "%20"
      case 1 where !character.isLetter && !character.isNumber: result += hex
      case _ where byte == 35 || byte == 38 || byte == 43: result += hex
      case 4 where random.chance(0.5): result += character.lowercased()
      default: result.append(character)
      }
    }
    return result
  }
}
